/**
 * Microsoft's side of a tab, on this machine: an https host page that speaks what `@microsoft/teams-js` speaks with Teams, the desk behind https, and the
 * login endpoint's keys. The browser is told that the names are here; the certificate is made on the spot.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { certificate } from './certificate.ts';

export const APP_ID = '8c2b7a5e-0f4d-4e0a-9a51-3b1c2d3e4f50';
export const TENANT = '1b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
export const DESK = 'desk.example.org';
export const TEAMS = 'teams.microsoft.com';
/** Not one of Microsoft's. */
export const STRANGER = 'stranger.example.org';

/** What the host tells a tab. */
export interface Told {
  readonly theme?: 'default' | 'dark' | 'contrast';
  readonly locale?: string;
  /** From a deep link. */
  readonly subPage?: string;
  /** The token of single sign-on, or why there is none. */
  readonly token: string | { readonly refused: string };
}

export class TeamsHost {
  readonly #secure;
  readonly #login;
  readonly #keys = generateKeyPair('RS256', { extractable: true });
  /** Where the desk itself listens; set when it runs. */
  deskPort = 0;

  constructor() {
    this.#secure = createSecureServer(certificate(TEAMS), (asked, answer) => this.#answer(asked, answer));
    this.#login = createServer((asked, answer) => void this.#answerKeys(asked, answer));
  }

  async start(): Promise<void> {
    for (const server of [this.#secure, this.#login]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    for (const server of [this.#secure, this.#login]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** For the desk's settings. */
  get loginUrl(): string {
    return `http://127.0.0.1:${portOf(this.#login)}`;
  }

  /** For Chromium: these names are here, and nothing else is anywhere. */
  get browserArguments(): readonly string[] {
    const here = [DESK, TEAMS, STRANGER, 'res.cdn.office.net'].map((name) => `MAP ${name} 127.0.0.1:${portOf(this.#secure)}`);
    return ['--ignore-certificate-errors', `--host-resolver-rules=${here.join(', ')}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`];
  }

  /** A page of a host with a tab in it. */
  page(host: string, tab: string, told: Told): string {
    return `https://${host}/host?${new URLSearchParams({ tab: `https://${DESK}${tab}`, told: JSON.stringify(told) })}`;
  }

  /** A token as Microsoft Entra signs it for the app. */
  async token(person: JWTPayload & { readonly oid: string }, expires: string | number = '10m'): Promise<string> {
    return await new SignJWT({ tid: TENANT, scp: 'access_as_user', ...person })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuedAt()
      .setIssuer(`${this.loginUrl}/${TENANT}/v2.0`)
      .setAudience(APP_ID)
      .setExpirationTime(expires)
      .sign((await this.#keys).privateKey);
  }

  #answer(asked: IncomingMessage, answer: ServerResponse): void {
    const host = asked.headers.host ?? '';
    if (host === DESK) return this.#proxy(asked, answer);
    if (host === TEAMS || host === STRANGER) {
      answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      return void answer.end(HOST_PAGE);
    }
    // The library in the page asks here for the list of Microsoft's hosts, and takes its own when there is none.
    answer.writeHead(404, { 'access-control-allow-origin': '*' }).end();
  }

  #proxy(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = asked;
    const onward = request({ host: '127.0.0.1', port: this.deskPort, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  async #answerKeys(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const known = asked.url === `/${TENANT}/discovery/v2.0/keys`;
    answer.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ keys: [{ ...(await exportJWK((await this.#keys).publicKey)), kid: 'one' }] }));
  }
}

/** A port that was free a moment ago: for a desk that must be told its own, since it prints the public address alone. */
export async function freePort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

/** The parent's side of the handshake; `heard` holds what the tab asked for, `setTheme` is somebody changing the look of Teams. */
const HOST_PAGE = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title><style>body,iframe{margin:0;border:0;width:100%;height:100vh;display:block}</style><script>
const { tab, told } = Object.fromEntries(new URLSearchParams(location.search));
const it = JSON.parse(told);
const heard = [];
let theme = it.theme ?? 'default';
const frame = document.createElement('iframe');
frame.src = tab;
const answers = {
  initialize: () => ['content', 'web', JSON.stringify({ apiVersion: 4, hostVersionsInfo: {}, isLegacyTeams: false, supports: { pages: {} } }), '2.58.0'],
  getContext: () => [{ locale: it.locale ?? 'nl-nl', theme, entityId: 'tab', subEntityId: it.subPage, hostName: 'Teams', hostClientType: 'web', frameContext: 'content' }],
  'authentication.getAuthToken': () => (typeof it.token === 'string' ? [true, it.token] : [false, it.token.refused]),
};
addEventListener('message', ({ data, origin, source }) => {
  if (source !== frame.contentWindow || origin !== new URL(tab).origin) return;
  heard.push(data.func);
  const args = answers[data.func]?.() ?? [];
  source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, origin);
});
window.setTheme = (now) => {
  theme = now;
  frame.contentWindow.postMessage({ func: 'themeChange', args: [now] }, new URL(tab).origin);
};
addEventListener('DOMContentLoaded', () => document.body.append(frame));
</script><body></body>`;
