/** The Bot Framework's connector service, login endpoint and published keys, as far as a bot speaks with them: a server on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const TENANT = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const ISSUER = 'https://api.botframework.com';

export interface SentActivity {
  readonly id: string;
  readonly conversation: string;
  /** As it is shown now: an update replaces it. */
  activity: Readonly<Record<string, unknown>>;
  updates: number;
}

/** What is answered in place of what was asked. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The message is taken, although the answer says otherwise. */
  readonly taken?: boolean;
  /** Holds the answer back until it resolves. */
  readonly until?: Promise<void>;
  /** Only requests of this method and path; any of the connector's otherwise. */
  readonly on?: { readonly method: string; readonly path: RegExp };
}

export class TeamsService {
  readonly sent: SentActivity[] = [];
  readonly typing: string[] = [];
  readonly members = new Map<string, Readonly<Record<string, unknown>>>();
  readonly faults: Fault[] = [];
  /** Files by path, and the token that each was fetched with. */
  readonly files = new Map<string, Buffer>();
  readonly fetched = new Map<string, string>();
  /** What was put at `/upload/...`, by path, with the range and the token that it came with. */
  readonly uploads = new Map<string, { readonly content: string; readonly range: string; readonly token: string }>();
  /** Tokens that were given, and those that requests came with. */
  readonly tokens: string[] = [];
  readonly seenTokens: string[] = [];
  /** What the login endpoint was sent. */
  readonly logins: URLSearchParams[] = [];
  /** Tokens that are refused from now on. */
  readonly withdrawn = new Set<string>();
  tokenSeconds = 3600;
  readonly #server: Server;
  #url = '';
  #key: CryptoKey | null = null;
  #jwk: object = {};
  #n = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
  }

  static async start(): Promise<TeamsService> {
    const it = new TeamsService();
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    it.#key = privateKey;
    it.#jwk = { ...(await exportJWK(publicKey)), kid: 'ours', use: 'sig', alg: 'RS256', endorsements: ['msteams'] };
    await new Promise<void>((resolve) => it.#server.listen(0, '127.0.0.1', () => resolve()));
    const address = it.#server.address();
    it.#url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    return it;
  }

  get url(): string {
    return this.#url;
  }

  get keysUrl(): string {
    return `${this.#url}/keys/openidconfiguration`;
  }

  /** A token as the service signs it for a bot; every part can be made another. */
  async token(
    given: {
      readonly audience?: string;
      readonly issuer?: string;
      readonly serviceUrl?: string;
      readonly expires?: number;
      readonly key?: CryptoKey;
      readonly kid?: string;
    } = {},
  ): Promise<string> {
    const key = given.key ?? this.#key;
    if (!key) throw new Error('the service has not started');
    return await new SignJWT({ serviceurl: given.serviceUrl ?? this.#url })
      .setProtectedHeader({ alg: 'RS256', kid: given.kid ?? 'ours' })
      .setIssuer(given.issuer ?? ISSUER)
      .setAudience(given.audience ?? APP_ID)
      .setIssuedAt()
      .setNotBefore(Math.floor(Date.now() / 1000) - 60)
      .setExpirationTime(given.expires ?? Math.floor(Date.now() / 1000) + 600)
      .sign(key);
  }

  /** What a chat shows, oldest first. */
  in(conversation: string): readonly SentActivity[] {
    return this.sent.filter((it) => it.conversation === conversation);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { pathname } = new URL(request.url ?? '/', this.#url);
    const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    if (pathname === '/keys/openidconfiguration')
      return void json(200, { issuer: ISSUER, jwks_uri: `${this.#url}/keys/jwks`, id_token_signing_alg_values_supported: ['RS256'] });
    if (pathname === '/keys/jwks') return void json(200, { keys: [this.#jwk] });
    if (pathname.endsWith('/oauth2/v2.0/token')) return void this.#login(body, json);
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    this.seenTokens.push(token);
    if (request.method === 'PUT' && pathname.startsWith('/upload/')) {
      if (pathname.endsWith('/full')) return void json(507, { error: { code: 'quotaLimitReached', message: 'The drive is full' } });
      this.uploads.set(pathname, { content: body, range: request.headers['content-range'] ?? '', token });
      return void json(201, { id: 'item' });
    }
    const file = this.files.get(pathname);
    if (file) {
      this.fetched.set(pathname, token);
      return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
    }
    if (this.withdrawn.has(token)) return void json(401, { error: { code: 'Unauthorized', message: 'the token was withdrawn' } });
    // A sign of typing comes or not, as the machine is busy: it takes no fault away from what a test is about.
    const at = body.includes('"type":"typing"')
      ? -1
      : this.faults.findIndex(({ on }) => !on || (on.method === request.method && on.path.test(pathname)));
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    await fault?.until;
    if (fault && !fault.taken && fault.status >= 400) return void json(fault.status, fault.body ?? {}, fault.headers);
    const done = this.#connector(request.method ?? '', pathname, body);
    if (fault) return void json(fault.status, fault.body ?? {}, fault.headers);
    if (done === null) return void json(404, { error: { code: 'ConversationNotFound', message: 'Conversation not found' } });
    json(200, done);
  }

  #login(body: string, json: (status: number, value: unknown) => void): void {
    this.logins.push(new URLSearchParams(body));
    const value = `token-${this.tokens.length + 1}`;
    this.tokens.push(value);
    json(200, { token_type: 'Bearer', expires_in: this.tokenSeconds, access_token: value });
  }

  #connector(method: string, path: string, body: string): object | null {
    const parts = path.split('/').map(decodeURIComponent);
    const [, , , conversation = '', kind = '', id = ''] = parts;
    if (method === 'POST' && kind === '') return { id: `begun-${++this.#n}` };
    if (method === 'GET' && kind === 'members') return this.members.get(id) ?? null;
    if (kind !== 'activities') return null;
    const activity: Record<string, unknown> = JSON.parse(body);
    if (method === 'PUT') {
      const known = this.sent.find((it) => it.id === id && it.conversation === conversation);
      if (!known) return null;
      known.activity = activity;
      known.updates += 1;
      return { id };
    }
    if (activity.type === 'typing') {
      this.typing.push(conversation);
      return { id: '' };
    }
    const made: SentActivity = { id: `sent-${++this.#n}`, conversation, activity, updates: 0 };
    this.sent.push(made);
    return { id: made.id };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
