import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Says of a token whose it is (RFC 7662), as Dovecot asks it. Every token is one user's. */
export class Introspection {
  readonly refused = new Set<string>();
  readonly #server: Server;

  constructor(user: string) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (text: Buffer) => {
        body += text.toString();
      });
      request.on('end', () => {
        const token = new URLSearchParams(body).get('token') ?? '';
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(this.refused.has(token) ? { active: false } : { active: true, username: user }));
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
    return `http://127.0.0.1:${port}/introspect`;
  }
}
