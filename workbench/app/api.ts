import type {
  AcceptedExample,
  CaseAction,
  CaseDetail,
  CaseList,
  ExampleList,
  ExampleRow,
  IntakeList,
  IntakeRow,
  Link,
  LinkRequest,
  Me,
  ModelList,
  ModelRow,
  NoticeList,
  Queues,
} from '../protocol.ts';
import type { View } from './router.ts';

const BASE = '/api/workbench';

/** What the server refused, in its own words. `status` 0: it wasn't reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Who a one-time link signs in. */
export interface Peek {
  readonly name: string;
  readonly role: Me['role'];
}

/** Every call of `protocol.ts`, one function each. */
export const api = {
  me: (): Promise<Me> => get('/me'),
  peek: (token: string): Promise<Peek> => post('/session/peek', { token }),
  signIn: (token: string): Promise<Me> => post('/session', { token }),
  signOut: async (): Promise<void> => {
    await send('POST', '/sign-out');
  },
  queues: (): Promise<Queues> => get('/queues'),
  cases: (view: View, search: string, after: string | null): Promise<CaseList> => {
    const query = new URLSearchParams({ view });
    if (search) query.set('search', search);
    if (after) query.set('after', after);
    return get(`/cases?${query}`);
  },
  case: (id: string): Promise<CaseDetail> => get(`/cases/${encodeURIComponent(id)}`),
  /** Claims what is first in a team's queue; null when nothing waits. */
  next: async (team: string): Promise<CaseDetail | null> => {
    const response = await send('POST', `/teams/${encodeURIComponent(team)}/next`);
    return response.status === 204 ? null : response.json();
  },
  act: (id: string, action: CaseAction): Promise<CaseDetail> => post(`/cases/${encodeURIComponent(id)}/actions`, action),
  notices: (): Promise<NoticeList> => get('/notices'),
  seen: async (ids: readonly string[]): Promise<void> => {
    await send('POST', '/notices/seen', { ids });
  },
  link: (request: LinkRequest): Promise<Link> => post('/links', request),
  examples: (state: ExampleRow['state']): Promise<ExampleList> => get(`/learning?state=${state}`),
  acceptExample: (id: string, accepted: AcceptedExample): Promise<ExampleRow> =>
    post(`/learning/${encodeURIComponent(id)}/accept`, accepted),
  rejectExample: (id: string): Promise<ExampleRow> => post(`/learning/${encodeURIComponent(id)}/reject`),
  models: (): Promise<ModelList> => get('/models'),
  rollBack: (id: string): Promise<ModelRow> => post(`/models/${encodeURIComponent(id)}/roll-back`),
  intake: (status: IntakeRow['status']): Promise<IntakeList> => get(`/intake?status=${status}`),
  replay: (id: string): Promise<{ readonly status: IntakeRow['status'] }> => post(`/intake/${encodeURIComponent(id)}/replay`),
};

export const EVENTS_URL = `${BASE}/events`;

async function get<T>(path: string): Promise<T> {
  return (await send('GET', path)).json();
}

async function post<T>(path: string, body?: unknown): Promise<T> {
  return (await send('POST', path, body)).json();
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-loket'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(BASE + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch {
    throw new ApiError(0, 'unreachable', '');
  }
  if (response.ok) return response;
  throw await errorOf(response);
}

/** A proxy in between may answer with a page of its own: then the status is all there is. */
async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (body !== null && typeof body === 'object' && 'error' in body && body.error !== null && typeof body.error === 'object') {
    const code = 'code' in body.error ? String(body.error.code) : 'error';
    const message = 'message' in body.error ? String(body.error.message) : '';
    return new ApiError(response.status, code, message);
  }
  return new ApiError(response.status, 'error', '');
}
