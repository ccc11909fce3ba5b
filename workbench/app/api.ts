import type {
  AcceptedExample,
  AnswerByPhone,
  ApprovalList,
  ApprovalRequest,
  Attached,
  AuditList,
  BulkRequest,
  BulkResult,
  BulkUndo,
  CallBackList,
  CalledRequest,
  CannedList,
  CannedText,
  CaseAction,
  CaseDetail,
  CaseList,
  CaseMails,
  DisruptionList,
  ExampleList,
  ExampleRow,
  IntakeList,
  IntakeRow,
  Link,
  LinkRequest,
  MadeToken,
  MadeWebhook,
  Me,
  ModelList,
  ModelRow,
  NoticeList,
  PersonDetail,
  PersonList,
  PresentList,
  Proposal,
  Queues,
  RegisteredCase,
  RegisterRequest,
  SavedViewList,
  SavedViewRequest,
  SendList,
  SendRow,
  SignedOut,
  StorySoFar,
  Suggestions,
  TokenList,
  TokenRequest,
  WaysIn,
  WebhookList,
  WebhookLog,
  WebhookRequest,
} from '../protocol.ts';
import type { MergedCases, MergeRequest } from '../protocol-merge.ts';
import type { CaseParts, ReopenParts } from '../protocol-parts.ts';
import type { WorkerList, WorkProfileRequest } from '../protocol-workers.ts';
import { ApiError, errorOf } from './api-error.ts';
import type { Shape } from './list/shape.ts';
import type { View } from './router.ts';
import { fetchSignedIn } from './session.ts';
import { NoToken } from './teams/host.ts';

export { ApiError } from './api-error.ts';

const BASE = '/api/workbench';

/** Who a one-time link signs in. */
export interface Peek {
  readonly name: string;
  readonly role: Me['role'];
}

/** Which entries are asked for; empty: whatever it is. */
export interface AuditFilter {
  readonly action: string;
  readonly subject: string;
}

/** Every call of `protocol.ts`, one function each. */
export const api = {
  me: (): Promise<Me> => get('/me'),
  peek: (token: string): Promise<Peek> => post('/session/peek', { token }),
  signIn: (token: string): Promise<Me> => post('/session', { token }),
  waysIn: (): Promise<WaysIn> => get('/sign-in'),
  signOut: (): Promise<SignedOut> => post('/sign-out', {}),
  queues: (): Promise<Queues> => get('/queues'),
  cases: (view: View, { search, filter, order }: Shape, after: string | null): Promise<CaseList> => {
    const query = new URLSearchParams({ view });
    if (search) query.set('search', search);
    if (order !== 'due') query.set('order', order);
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
    if (after) query.set('after', after);
    return get(`/cases?${query}`);
  },
  views: (): Promise<SavedViewList> => get('/views'),
  saveView: (view: SavedViewRequest): Promise<SavedViewList> => post('/views', view),
  removeView: (id: string): Promise<SavedViewList> => post(`/views/${encodeURIComponent(id)}/remove`),
  disruptions: (): Promise<DisruptionList> => get('/disruptions'),
  approvals: (): Promise<ApprovalList> => get('/approvals'),
  approve: (id: string, request: ApprovalRequest): Promise<ApprovalList> => post(`/approvals/${encodeURIComponent(id)}`, request),
  case: (id: string): Promise<CaseDetail> => get(`/cases/${encodeURIComponent(id)}`),
  caseMails: (id: string): Promise<CaseMails> => get(`/cases/${encodeURIComponent(id)}/mails`),
  merged: (id: string): Promise<MergedCases> => get(`/cases/${encodeURIComponent(id)}/merged`),
  merge: (id: string, request: MergeRequest): Promise<MergedCases> => post(`/cases/${encodeURIComponent(id)}/merge`, request),
  parts: (id: string): Promise<CaseParts> => get(`/cases/${encodeURIComponent(id)}/parts`),
  reopenParts: (id: string, request: ReopenParts): Promise<CaseParts> => post(`/cases/${encodeURIComponent(id)}/parts/reopen`, request),
  /** The mail as it came. */
  mailSource: async (id: string, mail: string): Promise<Blob> =>
    (await send('GET', `/cases/${encodeURIComponent(id)}/mails/${encodeURIComponent(mail)}/source`)).blob(),
  sends: (outcome: SendRow['outcome'] | null, before: string | null): Promise<SendList> =>
    get(`/sends?${new URLSearchParams({ ...(outcome ? { outcome } : {}), ...(before ? { before } : {}) })}`),
  audit: ({ action, subject }: AuditFilter, before: string | null): Promise<AuditList> =>
    get(`/audit?${new URLSearchParams({ ...(action && { action }), ...(subject && { subject }), ...(before ? { before } : {}) })}`),
  /** Claims what is first in a team's queue; null when nothing waits. */
  next: async (team: string): Promise<CaseDetail | null> => {
    const response = await send('POST', `/teams/${encodeURIComponent(team)}/next`);
    return response.status === 204 ? null : response.json();
  },
  act: (id: string, action: CaseAction): Promise<CaseDetail> => post(`/cases/${encodeURIComponent(id)}/actions`, action),
  bulk: (request: BulkRequest): Promise<BulkResult> => post('/cases/bulk', request),
  undoBulk: (request: BulkUndo): Promise<BulkResult> => post('/cases/bulk/undo', request),
  undo: (id: string, since: string): Promise<CaseDetail> => post(`/cases/${encodeURIComponent(id)}/undo`, { since }),
  presence: (): Promise<PresentList> => get('/presence'),
  here: async (id: string, doing: 'looks' | 'types' | 'left'): Promise<void> => {
    await send('POST', `/cases/${encodeURIComponent(id)}/presence`, { doing });
  },
  canned: (): Promise<CannedList> => get('/canned'),
  saveCanned: (text: CannedText): Promise<CannedList> => post('/canned', text),
  removeCanned: (id: string): Promise<CannedList> => post(`/canned/${encodeURIComponent(id)}/remove`, {}),
  /** The same texts, filled in for a case. */
  caseCanned: (id: string): Promise<CannedList> => get(`/cases/${encodeURIComponent(id)}/canned`),
  workers: (): Promise<WorkerList> => get('/workers'),
  saveProfile: ({ id, profile }: { readonly id: string; readonly profile: WorkProfileRequest }): Promise<WorkerList> =>
    post(`/workers/${encodeURIComponent(id)}/profile`, profile),
  suggestions: (id: string): Promise<Suggestions> => get(`/cases/${encodeURIComponent(id)}/suggestions`),
  notices: (): Promise<NoticeList> => get('/notices'),
  seen: async (ids: readonly string[]): Promise<void> => {
    await send('POST', '/notices/seen', { ids });
  },
  upload: (id: string, file: File): Promise<Attached> => upload(`/cases/${encodeURIComponent(id)}/attachments`, file),
  people: (search: string): Promise<PersonList> => get(`/people?${new URLSearchParams({ search })}`),
  person: (id: string): Promise<PersonDetail> => get(`/people/${encodeURIComponent(id)}`),
  join: (id: string, other: string): Promise<PersonDetail> => post(`/people/${encodeURIComponent(id)}/join`, { with: other }),
  undoJoin: async (join: string): Promise<void> => {
    await send('POST', `/people/joins/${encodeURIComponent(join)}/undo`, {});
  },
  look: (story: StorySoFar): Promise<Proposal> => post('/register/look', story),
  scan: (file: File): Promise<Attached> => upload('/register/scans', file),
  register: (request: RegisterRequest): Promise<RegisteredCase> => post('/register', request),
  answerFor: async (registration: string, answer: AnswerByPhone): Promise<void> => {
    await send('POST', `/register/${encodeURIComponent(registration)}/answer`, answer);
  },
  callBacks: (): Promise<CallBackList> => get('/call-backs'),
  called: (conversation: string, request: CalledRequest): Promise<CallBackList> =>
    post(`/call-backs/${encodeURIComponent(conversation)}`, request),
  file: async (id: string, file: string): Promise<Blob> =>
    (await send('GET', `/cases/${encodeURIComponent(id)}/attachments/${encodeURIComponent(file)}`)).blob(),
  tokens: (): Promise<TokenList> => get('/tokens'),
  makeToken: (request: TokenRequest): Promise<MadeToken> => post('/tokens', request),
  revokeToken: (id: string): Promise<TokenList> => post(`/tokens/${encodeURIComponent(id)}/revoke`),
  webhooks: (): Promise<WebhookList> => get('/webhooks'),
  makeWebhook: (request: WebhookRequest): Promise<MadeWebhook> => post('/webhooks', request),
  resumeWebhook: (id: string): Promise<WebhookList> => post(`/webhooks/${encodeURIComponent(id)}/resume`),
  removeWebhook: (id: string): Promise<WebhookList> => post(`/webhooks/${encodeURIComponent(id)}/remove`),
  webhookLog: (id: string): Promise<WebhookLog> => get(`/webhooks/${encodeURIComponent(id)}/deliveries`),
  replayWebhook: (id: string, delivery: string): Promise<WebhookLog> =>
    post(`/webhooks/${encodeURIComponent(id)}/deliveries/${encodeURIComponent(delivery)}/replay`),
  link: (request: LinkRequest): Promise<Link> => post('/links', request),
  examples: (state: ExampleRow['state']): Promise<ExampleList> => get(`/learning?state=${state}`),
  acceptExample: (id: string, accepted: AcceptedExample): Promise<ExampleRow> =>
    post(`/learning/${encodeURIComponent(id)}/accept`, accepted),
  rejectExample: (id: string): Promise<ExampleRow> => post(`/learning/${encodeURIComponent(id)}/reject`),
  models: (): Promise<ModelList> => get('/models'),
  rollBack: (id: string): Promise<ModelRow> => post(`/models/${encodeURIComponent(id)}/roll-back`),
  intake: (status: IntakeRow['status']): Promise<IntakeList> => get(`/intake?status=${status}`),
  /** The mail as it came. */
  intakeSource: async (id: string): Promise<Blob> => (await send('GET', `/intake/${encodeURIComponent(id)}/source`)).blob(),
  replay: (id: string): Promise<{ readonly status: IntakeRow['status'] }> => post(`/intake/${encodeURIComponent(id)}/replay`),
};

/** The stream of what changes. */
export function openEvents(signal: AbortSignal): Promise<Response> {
  const init = { headers: { accept: 'text/event-stream' }, cache: 'no-store', signal } as const;
  return fetchSignedIn(`${BASE}/events`, init, 'role');
}

async function upload(path: string, file: File): Promise<Attached> {
  const headers = { 'content-type': file.type || 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) };
  return (await send('POST', path, file, headers)).json();
}

async function get<T>(path: string): Promise<T> {
  return (await send('GET', path)).json();
}

async function post<T>(path: string, body?: unknown): Promise<T> {
  return (await send('POST', path, body)).json();
}

/** @param more headers of a body that is no JSON but a file */
async function send(method: string, path: string, body?: unknown, more: Readonly<Record<string, string>> = {}): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-loket'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  Object.assign(headers, more);
  let response: Response;
  try {
    response = await fetchSignedIn(
      BASE + path,
      { method, headers, ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }) },
      'role',
    );
  } catch (error) {
    if (error instanceof ApiError || error instanceof NoToken) throw error;
    throw new ApiError(0, 'unreachable', '');
  }
  if (response.ok) return response;
  throw await errorOf(response);
}
