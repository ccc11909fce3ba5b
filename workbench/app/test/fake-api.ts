import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type {
  ApprovalView,
  Attached,
  AuditRow,
  BulkOutcome,
  BulkRequest,
  BulkResult,
  BulkUndo,
  CalledRequest,
  CaseAction,
  CaseDetail,
  CaseMails,
  CaseRow,
  ExampleRow,
  Me,
  ModelRow,
  PresentList,
  Queues,
  RegisterRequest,
  SavedViewList,
  SavedViewRequest,
  SendRow,
  StorySoFar,
} from '../../protocol.ts';
import type { WorkerList, WorkProfileRequest } from '../../protocol-workers.ts';
import { auditPage } from './fake-audit.ts';
import { actionsOf, applyAction } from './fake-case.ts';
import { firstCases, firstExamples, firstIntake, firstModels, firstNotices, SANNE } from './fake-data.ts';
import { FakeDesk } from './fake-desk.ts';
import { NO_MAILS, SOURCE, sendsPage } from './fake-mails.ts';
import { CANNED, SUGGESTIONS } from './fake-texts.ts';
import { FakeViews, fits } from './fake-views.ts';
import { FakeWorkers } from './fake-workers.ts';

const PAGE = 20;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
};

/** What the server says no with. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly values: Readonly<Record<string, number>>;
  constructor(status: number, code: string, values: Readonly<Record<string, number>> = {}) {
    super(`refused: ${code}`);
    this.values = values;
    this.status = status;
    this.code = code;
  }
}

/**
 * The server's side of `protocol.ts` with its state in memory: real HTTP, cookie and event stream, so that the page is
 * tested as it is used. Serves the built page too, with the content security policy that the real one has.
 */
export class FakeApi {
  readonly cases = new Map<string, CaseDetail>();
  readonly tokens = new Set(['good']);
  readonly intake = firstIntake();
  /** By case. */
  readonly mails = new Map<string, CaseMails>();
  sends: readonly SendRow[] = [];
  audit: readonly AuditRow[] = [];
  /** As what Sanne signed in. */
  role: Me['role'] = SANNE.role;
  examples = firstExamples();
  models = firstModels();
  /** The examples that were accepted, as they were. */
  readonly accepted: unknown[] = [];
  /** What waits for Sanne's approval. */
  approvals: readonly ApprovalView[] = [];
  notices = firstNotices();
  readonly views = new FakeViews();
  readonly workers = new FakeWorkers();
  /** So many claims she has already; null: she may have more. */
  full: number | null = null;
  /** What an agent at the desk does. */
  readonly desk = new FakeDesk();
  /** Somebody who is just before us at the next action. */
  rival: string | null = null;
  /** Files that were taken, in order. */
  readonly uploads: Attached[] = [];
  private readonly contents = new Map<string, Buffer>();
  private readonly streams = new Set<ServerResponse>();
  private readonly server: Server;
  private readonly pages: string;

  constructor(pages: string) {
    this.pages = pages;
    for (const one of firstCases()) this.cases.set(one.id, one);
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(port = 0): Promise<string> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    for (const stream of this.streams) stream.end();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Changes a case as if something else did, and tells the pages. */
  put(detail: CaseDetail): void {
    this.cases.set(detail.id, detail);
    this.tell(detail);
  }

  /** Breaks every event stream; the page must come back by itself. */
  hangUp(): void {
    for (const stream of this.streams) stream.destroy();
  }

  private tell({ id, team }: CaseDetail): void {
    for (const stream of this.streams) stream.write(`event: case\ndata: ${JSON.stringify({ id, team })}\n\n`);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    try {
      if (url.pathname.startsWith('/api/workbench/')) await this.api(request, response, url, url.pathname.slice('/api/workbench'.length));
      else await this.page(response, url.pathname);
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      const code = error instanceof Refusal ? error.code : 'failed';
      const values = error instanceof Refusal ? error.values : {};
      json(response, status, { error: { code, message: String(error), values } });
    }
  }

  private async page(response: ServerResponse, path: string): Promise<void> {
    const file = path.startsWith('/workbench/assets/') ? path.slice('/workbench/'.length) : 'index.html';
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'",
    });
    response.end(await readFile(join(this.pages, file)));
  }

  private async api(request: IncomingMessage, response: ServerResponse, url: URL, path: string): Promise<void> {
    const post = request.method === 'POST';
    if (post && request.headers['x-loket'] !== '1') throw new Refusal(403, 'cross-site');
    if (path.includes('/attachments') || path === '/register/scans') return this.file(request, response, path);
    const body = post ? await readJson(request) : {};
    if (path === '/session/peek') return json(response, 200, this.token(body) && { name: SANNE.name, role: SANNE.role });
    if (path === '/session') {
      this.tokens.delete(this.token(body));
      response.setHeader('set-cookie', 'session=sanne; HttpOnly; SameSite=Lax; Path=/');
      return json(response, 200, SANNE);
    }
    if (path === '/sign-in') return json(response, 200, { openid: false });
    if (!request.headers.cookie?.includes('session=sanne')) throw new Refusal(401, 'not-signed-in');
    if (path === '/me') return json(response, 200, { ...SANNE, role: this.role });
    if (path === '/sign-out') {
      response.setHeader('set-cookie', 'session=; Max-Age=0; Path=/');
      return json(response, 200, { continueAt: null });
    }
    if (path === '/queues') return json(response, 200, this.queues());
    if (path === '/cases') return json(response, 200, this.list(url.searchParams));
    if (path.startsWith('/workers')) return json(response, 200, this.workersAnswer(path, post, body));
    if (path.startsWith('/views')) return json(response, 200, this.viewsAnswer(path, post, body));
    if (path === '/intake')
      return json(response, 200, { rows: this.intake.filter((row) => row.status === url.searchParams.get('status')) });
    if (path === '/sends') return json(response, 200, sendsPage(this.sends, url.searchParams));
    if (path === '/audit') return json(response, 200, auditPage(this.audit, url.searchParams));
    if (path === '/learning')
      return json(response, 200, { rows: this.examples.filter((row) => row.state === url.searchParams.get('state')) });
    if (path === '/models') return json(response, 200, { rows: this.models });
    if (path === '/links')
      return json(response, 200, {
        url: `${url.origin}/workbench/sign-in#secret`,
        expiresAt: new Date(Date.now() + 900_000).toISOString(),
      });
    if (path === '/disruptions') return json(response, 200, { running: [], suggested: [] });
    if (path === '/approvals') return json(response, 200, { approvals: this.approvals });
    if (path.startsWith('/approvals/')) {
      this.approvals = this.approvals.filter((one) => one.case !== path.slice('/approvals/'.length));
      return json(response, 200, { approvals: this.approvals });
    }
    if (path === '/notices') return json(response, 200, { notices: this.notices });
    if (path === '/notices/seen') {
      this.notices = this.notices.map((notice) => ({ ...notice, seen: true }));
      return json(response, 200, {});
    }
    const desk = this.deskAnswer(path, url, body);
    if (desk !== undefined) return json(response, 200, desk);
    if (path === '/events') return this.stream(response);
    if (path === '/cases/bulk') return json(response, 200, this.bulk(told<BulkRequest>(body)));
    if (path === '/cases/bulk/undo') {
      const acts = told<BulkUndo>(body).acts;
      return json(response, 200, { results: acts.map(({ id }) => this.outcome(id, () => this.undo(id))) });
    }
    const [, room, id = '', verb] = path.split('/');
    if (room === 'teams' && verb === 'next') return this.next(response, id);
    if (room === 'learning' && (verb === 'accept' || verb === 'reject')) return json(response, 200, this.decide(id, verb, body));
    if (room === 'models' && verb === 'roll-back') return json(response, 200, this.rollBack(id));
    if (room === 'intake' && verb === 'replay') return json(response, 200, { status: 'handled' });
    if (room === 'cases' && verb === undefined) return json(response, 200, this.seen(this.find(id)));
    if (room === 'cases' && verb === 'mails')
      return path.endsWith('/source') ? void response.end(SOURCE) : json(response, 200, this.mails.get(id) ?? NO_MAILS);
    if (room === 'cases' && verb === 'merged') return json(response, 200, { into: null, cases: [], more: 0 });
    if (path === '/presence') return json(response, 200, { present: this.present });
    if (room === 'cases' && verb === 'presence') return json(response, 200, this.here(body));
    if (path === '/canned') return json(response, 200, { texts: CANNED });
    if (room === 'cases' && verb === 'canned')
      return json(response, 200, { texts: CANNED.map((one) => ({ ...one, text: one.text.replace('{naam}', this.find(id).requester) })) });
    if (room === 'cases' && verb === 'suggestions') return json(response, 200, SUGGESTIONS);
    if (room === 'cases' && verb === 'undo') return json(response, 200, this.undo(id));
    if (room === 'cases' && verb === 'actions') return json(response, 200, this.act(id, body));
    throw new Refusal(404, 'not-found');
  }

  /** The routes of an agent at the desk; undefined for any other. */
  private deskAnswer(path: string, { searchParams }: URL, body: unknown): unknown {
    const cases = [...this.cases.values()];
    if (path === '/register/look') return this.desk.look(told<StorySoFar>(body), cases);
    if (path === '/register') return this.desk.register(told<RegisterRequest>(body));
    if (path === '/call-backs') return this.desk.callBacks();
    if (path.startsWith('/call-backs/')) return this.desk.call(told<CalledRequest>(body));
    if (path === '/people') return { people: this.desk.people(searchParams.get('search') ?? '') };
    if (!path.startsWith('/people/')) return undefined;
    if (path.endsWith('/join')) this.desk.joined = true;
    if (path.endsWith('/undo')) this.desk.joined = false;
    return this.desk.person(cases);
  }

  /** Takes a file, or gives one. */
  private async file(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method === 'GET') {
      const content = this.contents.get(path.split('/').at(-1) ?? '');
      if (!content) throw new Refusal(404, 'unknown-file');
      response.end(content);
      return;
    }
    const content = await buffer(request);
    const name = decodeURIComponent(String(request.headers['x-file-name']));
    if (name.endsWith('.exe')) throw new Refusal(422, 'file-refused');
    json(response, 201, this.keep(name, String(request.headers['content-type']), content));
  }

  /** A file that the server has. */
  keep(name: string, type: string, content: Buffer, state: Attached['state'] = 'clean'): Attached {
    const file: Attached = { id: `file-${this.uploads.length}`, name, type, size: content.byteLength, state };
    this.uploads.push(file);
    this.contents.set(file.id, content);
    return file;
  }

  private stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 100\nevent: ping\ndata: {}\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  private token(body: unknown): string {
    const token = body !== null && typeof body === 'object' && 'token' in body ? String(body.token) : '';
    if (!this.tokens.has(token)) throw new Refusal(401, 'link-spent');
    return token;
  }

  private queues(): Queues {
    const all = [...this.cases.values()];
    const teams = SANNE.teams.map((team) => {
      const open = all.filter((one) => one.team === team && isOpen(one));
      return { team, open: open.length, late: open.filter((one) => one.due !== null && Date.parse(one.due) < Date.now()).length };
    });
    const mine = all.filter((one) => one.worker?.id === SANNE.id);
    return {
      teams,
      mine: mine.filter((one) => one.state === 'claimed').length,
      waiting: mine.filter((one) => one.state === 'waiting').length,
      approvals: this.approvals.length,
      urgent: all.filter((one) => one.urgent && one.state === 'queued'),
    };
  }

  private workersAnswer(path: string, post: boolean, body: unknown): WorkerList {
    if (post) this.workers.save(path.split('/')[2] ?? '', told<WorkProfileRequest>(body));
    return this.workers.list();
  }

  private viewsAnswer(path: string, post: boolean, body: unknown): SavedViewList {
    const [, , id = '', verb] = path.split('/');
    if (verb === 'remove') this.views.remove(id);
    else if (post) this.views.save(told<SavedViewRequest>(body));
    return this.views.list(({ place, filter }) => [...this.cases.values()].filter((one) => inView(one, place) && fits(one, filter)).length);
  }

  private list(query: URLSearchParams): { cases: CaseRow[]; next: string | null } {
    const view = query.get('view') ?? '';
    const search = (query.get('search') ?? '').toLowerCase();
    const from = Number(query.get('after') ?? 0);
    const all = [...this.cases.values()]
      .filter((one) => fits(one, Object.fromEntries(query)))
      .filter((one) => inView(one, view) && `${one.title} ${one.reference} ${one.requester}`.toLowerCase().includes(search))
      .sort((a, b) => Number(b.urgent) - Number(a.urgent) || Date.parse(a.due ?? '9999-01-01') - Date.parse(b.due ?? '9999-01-01'));
    if (query.get('order') === 'new') all.sort((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt));
    return { cases: all.slice(from, from + PAGE), next: all.length > from + PAGE ? String(from + PAGE) : null };
  }

  private next(response: ServerResponse, team: string): void {
    const [first] = this.list(new URLSearchParams({ view: `team.${team}` })).cases.filter((one) => one.worker === null);
    if (!first) {
      response.writeHead(204).end();
      return;
    }
    json(response, 200, this.act(first.id, { action: 'claim' }));
  }

  private act(id: string, action: unknown): CaseDetail {
    if (!isAction(action)) throw new Refusal(422, 'invalid');
    if (this.rival !== null) this.cases.set(id, { ...this.find(id), state: 'claimed', worker: { id: 'person-rival', name: this.rival } });
    this.rival = null;
    const before = this.seen(this.find(id));
    if (this.full !== null && action.action === 'claim' && !action.beyond) throw new Refusal(409, 'too-many', { n: this.full });
    if (!before.actions.includes(action.action)) throw new Refusal(409, 'already-claimed');
    const after = this.holds ? this.hold(before, action) : applyAction(before, action, this.uploads);
    this.put(after);
    return this.seen(after);
  }

  private bulk({ ids, action }: BulkRequest): BulkResult {
    return { results: ids.map((id) => this.outcome(id, () => this.act(id, action))) };
  }

  /** What one case of a lot made of it. */
  private outcome(id: string, one: () => CaseDetail): BulkOutcome {
    const { reference, title, worker } = this.find(id);
    try {
      return { id, reference, title, done: true, held: one().held };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const by = worker && worker.id !== SANNE.id ? worker.name : null;
      return { id, reference, title, done: false, code: error.code, by };
    }
  }

  /** Who else is at a case. */
  present: PresentList['present'] = [];
  /** What she told of herself. */
  readonly told: unknown[] = [];

  private here(body: unknown): object {
    this.told.push(body);
    return {};
  }

  /** The next reply goes out later, and can be taken back. */
  holds = false;

  private hold(before: CaseDetail, action: CaseAction): CaseDetail {
    const text = 'text' in action ? action.text : null;
    const until = new Date(Date.now() + 60_000).toISOString();
    return { ...before, held: { action: action.action, text, by: SANNE.name, mine: true, since: new Date().toISOString(), until } };
  }

  private undo(id: string): CaseDetail {
    const before = this.find(id);
    if (!before.held) throw new Refusal(409, 'too-late');
    const line = { at: new Date().toISOString(), event: 'undone', by: SANNE.name, data: { act: before.held.action } };
    this.put({ ...before, held: null, history: [...before.history, line] });
    return this.seen(this.find(id));
  }

  private decide(id: string, verb: 'accept' | 'reject', body: unknown): ExampleRow {
    if (verb === 'accept') this.accepted.push(body);
    const state = verb === 'accept' ? 'accepted' : 'rejected';
    this.examples = this.examples.map((row) => (row.id === id ? { ...row, state } : row));
    const row = this.examples.find((it) => it.id === id);
    if (!row) throw new Refusal(404, 'not-found');
    return row;
  }

  private rollBack(id: string): ModelRow {
    this.models = this.models.map((row) => ({ ...row, inForce: row.id === id, canRollBack: row.id !== id && row.state === 'live' }));
    const row = this.models.find((it) => it.id === id);
    if (!row) throw new Refusal(404, 'not-found');
    return row;
  }

  private find(id: string): CaseDetail {
    const found = this.cases.get(id);
    if (!found) throw new Refusal(404, 'not-found');
    return found;
  }

  private seen(one: CaseDetail): CaseDetail {
    return { ...one, actions: actionsOf(one) };
  }
}

/** A body as the page is typed to send it. */
function told<Body>(body: unknown): Body {
  return JSON.parse(JSON.stringify(body));
}

function isOpen(one: CaseRow): boolean {
  return ['queued', 'claimed', 'waiting'].includes(one.state);
}

function inView(one: CaseRow, view: string): boolean {
  if (view.startsWith('team.')) return view === `team.${one.team}` && isOpen(one);
  if (view === 'mine') return one.worker?.id === SANNE.id && one.state === 'claimed';
  if (view === 'waiting') return one.worker?.id === SANNE.id && one.state === 'waiting';
  return view === 'all' || one.state === 'ready';
}

function isAction(value: unknown): value is CaseAction {
  return value !== null && typeof value === 'object' && 'action' in value;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}
