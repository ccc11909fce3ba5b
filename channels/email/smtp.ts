import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { ServerSettings, TokenOf } from './settings.ts';

/** What became of handing a mail over, in the words of the server. */
export type Handover =
  | { readonly kind: 'accepted'; readonly words: string }
  /** Not now: the server said so (4xx), is away, or does not let the desk in. `uncertain`: it may have taken the mail all the same. */
  | { readonly kind: 'deferred'; readonly words: string; readonly uncertain: boolean }
  /** Never: 5xx about this mail or this recipient. */
  | { readonly kind: 'refused'; readonly words: string };

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** A mail server that answers are handed to. */
export interface Smtp {
  send(envelope: Envelope, raw: Buffer): Promise<Handover>;
  /** Signs in and says nothing more. @throws the server's or the network's error */
  verify(): Promise<void>;
  close(): void;
}

const TIMEOUTS = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };
const CONNECTIONS = 3;
/** After so many mails a connection is made anew: some servers count. */
const MAILS_PER_CONNECTION = 50;

/** Opens the way to a server; connections are made when there is something to send, and kept for what follows. */
export function openSmtp(settings: ServerSettings, tokenOf: TokenOf, timeouts: Partial<typeof TIMEOUTS> = {}): Smtp {
  const { host, port, security } = settings;
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: MAILS_PER_CONNECTION,
    // A mail has its own patience: the queue tries again, in order.
    maxRequeues: 0,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(settings.caFile === null ? {} : { ca: readFileSync(settings.caFile) }) },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
    ...timeouts,
    ...authentication(settings, tokenOf),
  });
  // What goes wrong is told by the send that it went wrong for; without a listener it would end the process.
  transport.on('error', () => {});
  return {
    send: async ({ from, to }, raw) => {
      try {
        const { response } = await transport.sendMail({ envelope: { from, to: [to] }, raw });
        return { kind: 'accepted', words: String(response) };
      } catch (error) {
        return handoverOf(error);
      }
    },
    verify: async () => {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

function authentication({ user, credential }: ServerSettings, tokenOf: TokenOf) {
  switch (credential.kind) {
    case 'none':
      return {};
    case 'password':
      return { auth: { user, pass: credential.password } };
    case 'oauth2': {
      const { oauth2 } = credential;
      let last: string | undefined;
      return {
        auth: {
          type: 'OAuth2' as const,
          user,
          /** @param renew the server did not take the last one */
          provisionCallback: (_: string, renew: boolean, callback: (error: Error | null, token?: string) => void) => {
            tokenOf(oauth2, renew ? last : undefined).then(
              (token) => {
                last = token;
                callback(null, token);
              },
              (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
            );
          },
        },
      };
    }
    default:
      return credential satisfies never;
  }
}

/** The one place where the library's and the server's errors become what they mean for a mail. */
export function handoverOf(error: unknown): Handover {
  const { code, originalCode, syscall, command, response, responseCode, message } = partsOf(error);
  const words = response || message || String(error);
  // Only what the server says of the recipient or of the mail itself concerns this mail; a refused sign-in or sender is ours to mend.
  if (responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')) return { kind: 'refused', words };
  // A line that drops says nothing about what became of the mail, unless it was never there.
  const neverThere = CERTAIN.has(code) || syscall === 'connect' || /CERT|SELF_SIGNED|UNABLE_TO|ENOTFOUND/.test(originalCode);
  const uncertain = responseCode === 0 && !neverThere;
  return { kind: 'deferred', words, uncertain };
}

/** Before a mail is begun: no address, no TLS, no sign-in. */
const CERTAIN: ReadonlySet<string> = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'ECONFIG']);

function partsOf(error: unknown) {
  const read = (name: string): string => {
    const value = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  const number = typeof error === 'object' && error !== null ? Reflect.get(error, 'responseCode') : undefined;
  return {
    code: read('code'),
    originalCode: read('originalCode'),
    syscall: read('syscall'),
    command: read('command'),
    response: read('response'),
    message: read('message'),
    responseCode: typeof number === 'number' ? number : 0,
  };
}
