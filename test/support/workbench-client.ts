import { z } from 'zod';
import type { CaseAction } from '../../workbench/protocol.ts';
import { patiently } from './chat-client.ts';

const row = z.object({
  id: z.string(),
  reference: z.string(),
  title: z.string(),
  team: z.string(),
  state: z.string(),
  worker: z.object({ id: z.string(), name: z.string() }).nullable(),
});
const detail = row.extend({
  text: z.string(),
  actions: z.array(z.string()),
  messages: z.array(z.object({ from: z.string(), text: z.string() })),
  history: z.array(z.object({ event: z.string() })),
});
const list = z.object({ cases: z.array(row), next: z.string().nullable() });

export type CaseRow = z.infer<typeof row>;
export type CaseDetail = z.infer<typeof detail>;

/** A worker at the workbench, as the page acts for them. */
export class WorkbenchClient {
  /** As a browser keeps it; it also opens a copy of the database. */
  readonly cookie: string;
  readonly id: string;
  readonly #base: () => string;

  constructor(base: () => string, signedIn: { readonly cookie: string; readonly id: string }) {
    this.#base = base;
    this.cookie = signedIn.cookie;
    this.id = signedIn.id;
  }

  /** @param link as `loket sign-in` or the first start prints it */
  static async signIn(base: () => string, link: string): Promise<WorkbenchClient> {
    const token = new URL(link).hash.slice(1);
    const answer = await fetch(`${base()}/api/workbench/session`, { method: 'POST', headers: HEADERS, body: JSON.stringify({ token }) });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    return new WorkbenchClient(base, { cookie, id: z.object({ id: z.string() }).parse(await answer.json()).id });
  }

  /** The same worker at another desk of the same register. */
  at(base: () => string): WorkbenchClient {
    return new WorkbenchClient(base, this);
  }

  /** One attempt, whatever comes of it. */
  async request(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = HEADERS,
  ): Promise<Response> {
    const init = {
      method,
      headers: { ...headers, cookie: this.cookie },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    };
    return await fetch(`${this.#base()}/api/workbench${path}`, init);
  }

  /** "Give me the next." @returns null when nothing waits */
  async next(team: string): Promise<CaseDetail | null> {
    const answer = await this.request('POST', `/teams/${team}/next`);
    if (answer.status === 204) return null;
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return detail.parse(await answer.json());
  }

  async act(id: string, action: CaseAction): Promise<Response> {
    return await this.request('POST', `/cases/${id}/actions`, action);
  }

  /** For an administrator. @returns the link that signs somebody in who works this team's queue */
  async invite(address: string, team: string): Promise<string> {
    const answer = await patiently(() => this.request('POST', '/links', { address, role: 'worker', team }));
    return z.object({ url: z.string() }).parse(await answer.json()).url;
  }

  async detail(id: string): Promise<CaseDetail> {
    return detail.parse(await (await patiently(() => this.request('GET', `/cases/${id}`))).json());
  }

  /** All pages of a list. */
  async list(view: string): Promise<CaseRow[]> {
    const cases: CaseRow[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const path: string = `/cases?view=${view}${after ? `&after=${after}` : ''}`;
      const page = list.parse(await (await patiently(() => this.request('GET', path))).json());
      cases.push(...page.cases);
      after = page.next;
    }
    return cases;
  }
}

const HEADERS = { 'content-type': 'application/json', 'x-loket': '1' } as const;
