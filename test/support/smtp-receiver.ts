import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { ServerSettings } from '../../channels/email/settings.ts';
import { certificate } from './certificate.ts';

/** A mail as the receiver got it. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** What it does with the next mails, once each; then it takes them. */
export type Whim =
  | { readonly at: 'sender' | 'recipient' | 'data'; readonly code: number; readonly words: string }
  /** Hangs up in the midst of the mail, or when the whole of it has come; `kept`: it has taken it all the same. */
  | { readonly at: 'middle' | 'end'; readonly kept: boolean };

export interface ReceiverOptions {
  readonly tls?: 'tls' | 'starttls' | 'none';
  readonly signIn?: NonNullable<SMTPServerOptions['onAuth']>;
}

/** A real SMTP server that takes, defers, refuses and breaks off as a test wants. */
export class SmtpReceiver {
  readonly mails: Received[] = [];
  readonly whims: Whim[] = [];
  /** How often somebody signed in. */
  signIns = 0;
  connections = 0;
  /** What the server does with a mail before it says that it took it, such as keeping a copy in the sender's Sent folder. */
  beforeTaking: (raw: string) => Promise<void> = async () => {};
  readonly #options: ReceiverOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), 'loket-smtp-'));
  readonly #sockets = new Set<Socket>();
  #server: SMTPServer | null = null;

  constructor(options: ReceiverOptions = {}) {
    this.#options = options;
  }

  get port(): number {
    const address = this.#server?.server.address() as AddressInfo | null | undefined;
    return address?.port ?? 0;
  }

  get caFile(): string {
    return join(this.#folder, 'certificate.pem');
  }

  settings(changed: Partial<ServerSettings> = {}): ServerSettings {
    const security = this.#options.tls ?? 'none';
    return {
      host: 'localhost',
      port: this.port,
      security,
      caFile: security === 'none' ? null : this.caFile,
      user: 'desk@example.org',
      credential: this.#options.signIn ? { kind: 'password', password: 'secret' } : { kind: 'none' },
      ...changed,
    };
  }

  async start(port = 0): Promise<void> {
    const { tls = 'none', signIn } = this.#options;
    const { cert, key } = certificate('localhost');
    writeFileSync(this.caFile, cert);
    const server = new SMTPServer({
      secure: tls === 'tls',
      hideSTARTTLS: tls === 'none',
      key,
      cert,
      authOptional: signIn === undefined,
      allowInsecureAuth: tls === 'none',
      authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (_, callback) => {
        this.connections += 1;
        callback();
      },
      onAuth: (auth, session, callback) => {
        this.signIns += 1;
        if (signIn) signIn.call(server, auth, session, callback);
        else callback(null, { user: 'anybody' });
      },
      onMailFrom: (_, __, callback) => callback(this.#refusal('sender')),
      onRcptTo: (_, __, callback) => callback(this.#refusal('recipient')),
      onData: (stream, session, callback) => {
        const whim = this.whims[0];
        const chunks: Buffer[] = [];
        const hangUp = (kept: boolean): void => {
          this.whims.shift();
          if (kept) this.#keep(session, chunks);
          for (const socket of this.#sockets) socket.destroy();
        };
        stream.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          if (whim?.at === 'middle') hangUp(whim.kept);
        });
        stream.on('end', () => {
          if (whim?.at === 'end') return hangUp(whim.kept);
          const refused = this.#refusal('data');
          if (refused) return callback(refused);
          this.#keep(session, chunks);
          const taken = (): void => callback(null, '2.0.0 taken');
          this.beforeTaking(Buffer.concat(chunks).toString('utf8')).then(taken, callback);
        });
      },
    });
    // A connection that breaks off is what tests do to it.
    server.on('error', () => {});
    server.server.on('connection', (socket) => this.#sockets.add(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    const server = this.#server;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #keep(session: { envelope: { mailFrom: false | { address: string }; rcptTo: readonly { address: string }[] } }, chunks: Buffer[]): void {
    const { mailFrom, rcptTo } = session.envelope;
    this.mails.push({
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      raw: Buffer.concat(chunks).toString('utf8'),
    });
  }

  #refusal(at: 'sender' | 'recipient' | 'data'): Error | null {
    const whim = this.whims[0];
    if (whim?.at !== at || !('code' in whim)) return null;
    this.whims.shift();
    return Object.assign(new Error(whim.words), { responseCode: whim.code });
  }
}
