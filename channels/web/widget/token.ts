import { isObject, parseJson } from './guards.ts';
import type { Outcome } from './outcome.ts';

const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * The intranet's token, or undefined for an anonymous visitor. Fetched anew each time it is needed, as it is short-lived.
 * Only from the page's own origin: the visitor's intranet cookies go along.
 */
export async function fetchToken(url: string): Promise<Outcome<string | undefined>> {
  const address = new URL(url, location.href);
  if (address.origin !== location.origin) return { kind: 'refused' };
  try {
    const response = await fetch(address, { credentials: 'include', cache: 'no-store', signal: AbortSignal.timeout(15_000) });
    if (response.status === 401 || response.status === 403) return { kind: 'ok', value: undefined };
    if (!response.ok) return { kind: 'later' };
    const text = (await response.text()).trim();
    const body = text.startsWith('{') ? parseJson(text) : text;
    const token = isObject(body) ? body.token : body;
    // Anything else is the sign-in page of an intranet whose session has ended.
    return { kind: 'ok', value: typeof token === 'string' && JWT.test(token) ? token : undefined };
  } catch {
    return { kind: 'later' };
  }
}

/** The server refuses such a token; never the token itself, as this is stored. */
const UNREADABLE = '?';

/** Whose token it is, to keep two people on one computer apart. Not checked here: that is the server's work. */
export function subject(token: string | undefined): string {
  if (!token) return '';
  // The session of one of the desk's own pages: loket.<person>.<secret>.
  const own = /^loket\.([\w-]+)\./.exec(token);
  if (own) return own[1] ?? UNREADABLE;
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const value = parseJson(atob(payload));
    return isObject(value) && typeof value.sub === 'string' ? value.sub : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}
