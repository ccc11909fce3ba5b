/** A real OpenID provider on a port of its own. Who signs in there is said beforehand; it asks nothing. */
import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';

export interface Account {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[];
}

export const CLIENT = { id: 'loket', secret: 'a secret of the tests alone' } as const;

export class OpenIdProvider {
  readonly #server: Server;
  #provider: Provider | null = null;
  #account: Account = { sub: 'nobody' };

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Takes a port; it answers 503 until `serve`. */
  static async listen(): Promise<OpenIdProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const it = new OpenIdProvider(server);
    server.on('request', (request, response) => {
      const provider = it.#provider;
      if (!provider) return void response.writeHead(503).end();
      if (!request.url?.startsWith('/interaction/')) return void provider.callback()(request, response);
      provider
        .interactionFinished(request, response, { login: { accountId: it.#account.sub } })
        .catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    return it;
  }

  get issuer(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  /** @param desk where it is reached */
  serve(desk: string): void {
    this.#provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [`${desk}/api/workbench/openid/back`],
          post_logout_redirect_uris: [`${desk}/workbench/sign-in`],
        },
      ],
      claims: { openid: ['sub', 'groups'], profile: ['name'], email: ['email', 'email_verified'] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      cookies: { keys: ['a key of the tests'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: () => ({ accountId: this.#account.sub, claims: async () => ({ ...this.#account }) }),
      loadExistingGrant: async ({ oidc }) => {
        if (!this.#provider || !oidc.session?.accountId || !oidc.client) return undefined;
        const grant = new this.#provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
  }

  /** From now on this is who signs in. */
  becomes(account: Account): void {
    this.#account = account;
  }

  /** It answers nothing useful any more. */
  away(): void {
    this.#provider = null;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
