import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuth2Settings } from '../settings.ts';

/** A token server of the tests' own: gives tokens that are numbered, and remembers what it was asked. */
export class TokenServer {
  readonly asked: URLSearchParams[] = [];
  /** What it answers instead, once each. */
  readonly refusals: { readonly status: number; readonly body: string }[] = [];
  expiresIn = 3600;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (text: Buffer) => {
        body += text.toString();
      });
      request.on('end', () => {
        this.asked.push(new URLSearchParams(body));
        const refused = this.refusals.shift();
        response.writeHead(refused?.status ?? 200, { 'content-type': 'application/json' });
        response.end(
          refused?.body ?? JSON.stringify({ access_token: `token-${this.asked.length}`, token_type: 'Bearer', expires_in: this.expiresIn }),
        );
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/tenant/oauth2/v2.0/token`;
  }

  get microsoft(): OAuth2Settings {
    return {
      grant: 'client-credentials',
      tokenUrl: this.url,
      clientId: 'app',
      clientSecret: 'secret of the app',
      scope: 'https://outlook.office365.com/.default',
    };
  }

  get google(): OAuth2Settings {
    return { grant: 'refresh-token', tokenUrl: this.url, clientId: 'app', clientSecret: 'secret of the app', refreshToken: 'refresh' };
  }
}
