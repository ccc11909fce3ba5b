import type { Session, SessionRequest } from '../my-protocol.ts';
import { ApiError, errorOf } from './api-error.ts';
import { ssoToken } from './teams/host.ts';
import { IN_TEAMS } from './teams/place.ts';

/** How this page says who somebody is, when no cookie does. */
export type SignIn = () => Promise<SessionRequest>;

const byTeams: SignIn = async () => ({ teams: await ssoToken() });

/** The session that this page carries itself, begun when it is first needed and again when it has ended. */
class Carried {
  readonly #signIn: SignIn;
  #session: Promise<Session> | null = null;

  constructor(signIn: SignIn) {
    this.#signIn = signIn;
  }

  /** @throws ApiError, or why the sign-in gave nothing */
  get(): Promise<Session> {
    this.#session ??= this.#begin();
    return this.#session;
  }

  /** Forgets one that the server no longer takes. */
  async forget(session: Session): Promise<void> {
    const now = this.#session;
    if ((await now) === session && this.#session === now) this.#session = null;
  }

  async #begin(): Promise<Session> {
    try {
      return await post('/api/my/session', await this.#signIn());
    } catch (error) {
      this.#session = null;
      throw error;
    }
  }
}

let carried: Carried | null = IN_TEAMS ? new Carried(byTeams) : null;

/** For a page that always carries its session: how it signs in. */
export function carrySession(signIn: SignIn): void {
  carried = new Carried(IN_TEAMS ? byTeams : signIn);
}

/** The session that the page carries; null where the cookie says who it is. */
export async function currentSession(): Promise<Session | null> {
  return carried ? await carried.get() : null;
}

/**
 * `fetch` as who is signed in: by the session that the page carries, begun anew once when it has ended, else by the cookie.
 * @throws ApiError `not-signed-in` where a role is wanted and the session has none
 */
export async function fetchSignedIn(url: string, init: RequestInit, wants: 'person' | 'role'): Promise<Response> {
  if (!carried) return await fetch(url, init);
  for (let attempt = 1; ; attempt++) {
    const session = await carried.get();
    if (wants === 'role' && session.role === null) throw new ApiError(401, 'not-signed-in', '');
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${session.session}`);
    const response = await fetch(url, { ...init, headers, credentials: 'omit' });
    if (response.status !== 401 || attempt > 1) return response;
    await carried.forget(session);
  }
}

async function post(url: string, body: SessionRequest): Promise<Session> {
  let response: Response;
  try {
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-loket': '1' };
    response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), credentials: IN_TEAMS ? 'omit' : 'same-origin' });
  } catch {
    throw new ApiError(0, 'unreachable', '');
  }
  if (!response.ok) throw await errorOf(response);
  return await response.json();
}
