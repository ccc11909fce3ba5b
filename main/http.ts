import { createServer, type Server } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Pages } from './pages.ts';

/**
 * The one HTTP port. It listens at once, and says that the desk is starting until the parts behind it are open: who starts the desk sees at
 * once where it is, and nobody gets a refused connection.
 */
export class FrontDoor {
  readonly #server: Server;
  #app: FastifyInstance | null = null;

  constructor() {
    this.#server = createServer((request, response) => {
      if (this.#app) return void this.#app.routing(request, response);
      const json = (request.headers.accept ?? '').includes('json') || request.method !== 'GET';
      response.writeHead(503, {
        'retry-after': '1',
        'content-type': json ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': "frame-ancestors 'none'",
      });
      response.end(json ? STARTING_JSON : STARTING_PAGE);
    });
  }

  /** @throws the system's error when the port is taken */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Makes the application that will stand behind the door; add routes, then `open`. */
  async application(log: Logger, secure: boolean): Promise<FastifyInstance> {
    // A line per request would drown what matters; errors are logged where they are answered.
    const app = Fastify({
      loggerInstance: quiet(log),
      serverFactory: () => this.#server,
      bodyLimit: 256 * 1024,
      forceCloseConnections: true,
    });
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: secure,
    });
    await app.register(cookie);
    return app;
  }

  async open(app: FastifyInstance): Promise<void> {
    await app.ready();
    this.#app = app;
  }

  /** For when the start failed before there was an application. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

function quiet(log: Logger): FastifyBaseLogger {
  return log.child({}, { level: log.isLevelEnabled('debug') ? 'debug' : log.level === 'silent' ? 'silent' : 'warn' });
}

/**
 * The pages: the chat at `/` in the browser's language (`/nl` and `/en` by choice), the widget under `/chat/`, "My cases" under `/my`, the workbench under `/workbench/`; and the last two once more under
 * `/tabs/`, which alone may stand in a frame, and in one of Microsoft's alone.
 */
export async function servePages(app: FastifyInstance, pages: Pages, { tabs }: { readonly tabs: boolean }): Promise<void> {
  await app.register(async (chat) => {
    await chat.register(fastifyStatic, { root: pages.chat, prefix: '/chat/', index: false, setHeaders: (reply) => allowEmbedding(reply) });
    chat.get('/', (request, reply) =>
      reply
        .header('vary', 'Accept-Language')
        .sendFile(/^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'index.en.html' : 'index.html', pages.chat),
    );
    chat.get('/nl', (_, reply) => reply.sendFile('index.html', pages.chat));
    chat.get('/en', (_, reply) => reply.sendFile('index.en.html', pages.chat));
  });
  // The pages have paths of their own (a queue, a case): all of them are the same document.
  const document = (file: string) => (_: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile(file, pages.workbench);
  await app.register(async (workbench) => {
    workbench.addHook('onSend', async (_, reply) => {
      reply.header('content-security-policy', WORKBENCH_POLICY);
    });
    await workbench.register(fastifyStatic, {
      root: pages.workbench,
      prefix: '/workbench/',
      index: false,
      wildcard: false,
      cacheControl: false,
    });
    workbench.get('/workbench', (_, reply) => reply.redirect('/workbench/'));
    workbench.get('/workbench/*', document('index.html'));
    workbench.get('/my', document('my.html'));
    workbench.get('/my/*', document('my.html'));
    if (!tabs) return;
    await workbench.register(async (framed) => {
      framed.addHook('onSend', async (_, reply) => {
        reply.header('content-security-policy', TAB_POLICY);
        reply.removeHeader('x-frame-options');
      });
      framed.get('/tabs/workbench', document('index.html'));
      framed.get('/tabs/workbench/*', document('index.html'));
      framed.get('/tabs/my', document('my.html'));
      framed.get('/tabs/my/*', document('my.html'));
    });
  });
}

/** Other origins' pages take these files in; helmet would forbid it. */
function allowEmbedding(reply: FastifyReply): void {
  reply.header('cross-origin-resource-policy', 'cross-origin');
  reply.header('cache-control', 'no-cache');
}

/** Fluent UI writes its styles into the page as it runs; scripts stay the page's own. */
const PAGE_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'";
const WORKBENCH_POLICY = `${PAGE_POLICY}; frame-ancestors 'none'`;
/** Who may frame a tab (learn.microsoft.com: "Prerequisites for Teams tabs"). */
const MICROSOFT_HOSTS = [
  '*.cloud.microsoft',
  'teams.microsoft.com',
  '*.teams.microsoft.com',
  '*.microsoft365.com',
  '*.office.com',
  'outlook.office365.com',
  'outlook-sdf.office365.com',
].map((host) => `https://${host}`);
/** The library in the page asks Microsoft for the list of its hosts; without an answer it takes the one that it came with. */
const TAB_POLICY = `${PAGE_POLICY}; connect-src 'self' https://res.cdn.office.net; frame-ancestors ${MICROSOFT_HOSTS.join(' ')}`;
const STARTING_JSON = JSON.stringify({ error: { code: 'starting', message: 'De servicedesk start op. / The service desk is starting.' } });
const STARTING_PAGE = `<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="1">
<title>Servicedesk</title><p>De servicedesk start op. Nog een ogenblik.</p><p lang="en">The service desk is starting. One moment.</p></html>`;
