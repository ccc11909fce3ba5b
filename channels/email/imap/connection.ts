import { readFile } from 'node:fs/promises';
import { ImapFlow } from 'imapflow';
import type { ServerSettings, TokenOf } from '../settings.ts';

const CONNECT_MS = 20_000;
const GREETING_MS = 15_000;
/** An idle connection is refreshed long before a server (29 minutes, RFC 2177) or a firewall (often 5) gives it up. */
const MAX_IDLE_MS = 4 * 60_000;
const SOCKET_MS = 5 * 60_000;

/** A server that is not on IMAP, refuses us or breaks off: in words for an administrator. `cause` is what was thrown. */
export class ImapProblem extends Error {
  readonly code = 'MAIL_IMAP';
  /** Waiting does not help: an administrator must mend it. */
  readonly permanent: boolean;

  constructor(message: string, options: ErrorOptions & { readonly permanent: boolean }) {
    super(message, options);
    this.permanent = options.permanent;
  }
}

/**
 * Signs in to a server.
 * @throws ImapProblem, or the TokenError of the token's server
 */
export async function connect(settings: ServerSettings, tokens: TokenOf): Promise<ImapFlow> {
  const { credential } = settings;
  if (credential.kind !== 'oauth2')
    return await attempt(settings, credential.kind === 'password' ? { pass: credential.password } : { pass: '' });
  const token = await tokens(credential.oauth2);
  try {
    return await attempt(settings, { accessToken: token });
  } catch (error) {
    if (!(error instanceof ImapProblem) || !isRefusal(error.cause)) throw error;
    // It was taken back, or the server's clock is ahead: once more with a fresh one.
    return await attempt(settings, { accessToken: await tokens(credential.oauth2, token) });
  }
}

async function attempt(settings: ServerSettings, secret: { pass: string } | { accessToken: string }): Promise<ImapFlow> {
  const { host, port, security, caFile, user } = settings;
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security === 'none' ? { doSTARTTLS: false } : security === 'starttls' ? { doSTARTTLS: true } : {}),
    tls: { minVersion: 'TLSv1.2', ...(caFile ? { ca: await readFile(caFile) } : {}) },
    auth: { user, ...secret },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: MAX_IDLE_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SOCKET_MS,
    clientInfo: { name: 'Loket' },
  });
  // What breaks later reaches whoever waits for an answer; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw problemOf(error, settings);
  }
}

/** What imapflow and Node say, in words for an administrator. */
export function problemOf(error: unknown, { host, port, user }: Pick<ServerSettings, 'host' | 'port' | 'user'>): ImapProblem {
  if (error instanceof ImapProblem) return error;
  const at = `${host}:${port}`;
  const code = codeOf(error);
  const said = wordsOf(error);
  if (isRefusal(error)) return new ImapProblem(`sign-in of ${user} refused by ${at}: ${said}`, { cause: error, permanent: true });
  if (code === 'ENOTFOUND') return new ImapProblem(`there is no host ${host}`, { cause: error, permanent: true });
  if (code === 'ECONNREFUSED') return new ImapProblem(`nothing listens at ${at}`, { cause: error, permanent: false });
  if (code !== null && /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO/.test(code))
    return new ImapProblem(`the certificate of ${at} is not trusted: ${said}`, { cause: error, permanent: true });
  if (code !== null && /SSL|EPROTO/.test(code))
    return new ImapProblem(`${at} does not speak TLS from the first byte: ${said}`, { cause: error, permanent: true });
  return new ImapProblem(`${at}: ${said}`, { cause: error, permanent: false });
}

/** The server did not take the password or token. */
function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'authenticationFailed' in error && error.authenticationFailed === true;
}

function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The server's own words, where it said any. */
function wordsOf(error: unknown): string {
  if (
    typeof error === 'object' &&
    error !== null &&
    'responseText' in error &&
    typeof error.responseText === 'string' &&
    error.responseText
  )
    return error.responseText;
  return error instanceof Error ? error.message : String(error);
}
