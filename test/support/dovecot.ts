/** A real IMAP server of a test's own (Dovecot), without any account of the system. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { dovecot, findProgram } from '../setup/parts.ts';
import { certificate } from './certificate.ts';

export interface DovecotOptions {
  /** A certificate made on the spot, and TLS from the first byte. */
  readonly tls?: boolean;
  /** Where a token is asked about (RFC 7662): users sign in with XOAUTH2 then. */
  readonly introspection?: string;
  /** Names that the server leaves out of what it says it can do. */
  readonly without?: readonly string[];
}

const START_MS = 20_000;

export const PASSWORD = 'geheim';

/** Everybody signs in with the same password; a mailbox is made at its first use. */
export class Dovecot {
  readonly #program: string;
  readonly #options: DovecotOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), 'loket-dovecot-'));
  #port = 0;
  #child: ChildProcess | null = null;

  constructor(options: DovecotOptions = {}) {
    const program = findProgram(dovecot);
    if (!program) throw new Error('dovecot is not installed');
    this.#program = program;
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  /** The file with the certificate of the authority, for clients. */
  get caFile(): string | null {
    return this.#options.tls ? join(this.#folder, 'cert.pem') : null;
  }

  /** Resolves when it answers. The port stays the same from start to start. */
  async start(): Promise<void> {
    this.#port ||= await freePort();
    const file = this.#configure();
    const child = spawn(this.#program, ['-F', '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    children.add(child);
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.once('exit', () => children.delete(child));
    await this.#answers(() => {
      if (child.exitCode !== null) throw new Error(`dovecot ended: ${said}`);
    });
  }

  /** Mails stay. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  /** Breaks off every connection that there is; the server stays. */
  breakConnections(): void {
    execFileSync('doveadm', ['-c', this.#configFile, 'kick', '*'], { stdio: 'ignore' });
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A connection of the test's own. */
  async client(user: string): Promise<ImapFlow> {
    const { caFile } = this;
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: this.#port,
      secure: this.#options.tls === true,
      ...(caFile ? { tls: { ca: readFileSync(caFile), servername: 'localhost' } } : { doSTARTTLS: false }),
      auth: { user, pass: PASSWORD },
      logger: false,
    });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  /** Puts mails into a folder, in order. */
  async deliver(user: string, mails: readonly (string | Buffer)[], folder = 'INBOX', at?: Date): Promise<void> {
    const client = await this.client(user);
    for (const mail of mails) await client.append(folder, typeof mail === 'string' ? mail.replace(/\r?\n/g, '\r\n') : mail, [], at);
    await client.logout();
  }

  /** The subjects of what is in a folder, in order; none where there is no such folder. */
  async subjects(user: string, folder = 'INBOX'): Promise<string[]> {
    const client = await this.client(user);
    try {
      const folders = await client.list();
      if (!folders.some(({ path }) => path === folder)) return [];
      await client.mailboxOpen(folder);
      const found: string[] = [];
      for await (const it of client.fetch('1:*', { envelope: true })) found.push(it.envelope?.subject ?? '');
      return found;
    } finally {
      await client.logout();
    }
  }

  /** Gives all mails of a user's inbox new UIDs, as a server does that lost its index or was restored. */
  async renumber(user: string): Promise<void> {
    await this.stop();
    const box = join(this.#folder, 'mail', user);
    for (const name of ['dovecot-uidlist', 'dovecot-uidvalidity', 'dovecot.index', 'dovecot.index.log', 'dovecot.index.cache'])
      rmSync(join(box, name), { force: true });
    const validity = Math.floor(Date.now() / 1000) + 1000;
    writeFileSync(join(box, 'dovecot-uidlist'), `3 V${validity} N1\n`);
    giveTo(join(box, 'dovecot-uidlist'));
    await this.start();
  }

  /** @param check throws when waiting is in vain */
  async #answers(check: () => void): Promise<void> {
    const patience = AbortSignal.timeout(START_MS);
    for (;;) {
      check();
      try {
        const client = await this.client('probe');
        return await client.logout();
      } catch (error) {
        if (patience.aborted) throw error;
        await sleep(50);
      }
    }
  }

  get #configFile(): string {
    return join(this.#folder, 'dovecot.conf');
  }

  #configure(): string {
    const { tls, introspection, without = [] } = this.#options;
    const folder = this.#folder;
    if (!existsSync(join(folder, 'mail'))) {
      chmodSync(folder, 0o755);
      for (const name of ['mail', 'run', 'state']) mkdirSync(join(folder, name));
      giveTo(join(folder, 'mail'));
      if (tls) {
        const { cert, key } = certificate('localhost');
        writeFileSync(join(folder, 'cert.pem'), cert);
        writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });
      }
      if (introspection)
        writeFileSync(
          join(folder, 'oauth2.conf'),
          `introspection_mode = post\nintrospection_url = ${introspection}\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n`,
        );
    }
    const user = workUser();
    writeFileSync(
      this.#configFile,
      `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = ${tls ? 'required' : 'no'}
${tls ? `ssl_cert = <${folder}/cert.pem\nssl_key = <${folder}/key.pem` : ''}
disable_plaintext_auth = no
auth_mechanisms = plain login${introspection ? ' xoauth2 oauthbearer' : ''}
default_internal_user = ${user.name}
default_internal_group = ${user.group}
default_login_user = ${user.name}
mail_location = maildir:${folder}/mail/%u
mail_uid = ${user.name}
mail_gid = ${user.group}
first_valid_uid = 0
first_valid_gid = 0
mail_fsync = never
imap_hibernate_timeout = 0
${without.length > 0 ? `imap_capability = ${CAPABILITIES.filter((it) => !without.includes(it)).join(' ')}` : ''}
mail_max_userip_connections = 100
passdb {
  driver = static
  args = password=${PASSWORD}
}
${introspection ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${folder}/oauth2.conf\n}` : ''}
userdb {
  driver = static
  args = uid=${user.name} gid=${user.group} home=${folder}/mail/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${tls ? 0 : this.#port}
  }
  inet_listener imaps {
    port = ${tls ? this.#port : 0}
    ssl = yes
  }
}
service stats {
  chroot =
}
`,
    );
    return this.#configFile;
  }
}

const CAPABILITIES =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ UNSELECT CHILDREN NAMESPACE UIDPLUS ESEARCH MOVE SPECIAL-USE CONDSTORE QRESYNC'.split(
    ' ',
  );

/** As root, Dovecot does not read mail: `mail` is a user that every Debian has. */
function workUser(): { readonly name: string; readonly group: string } {
  if (process.getuid?.() === 0) return { name: 'mail', group: 'mail' };
  const { username } = userInfo();
  return { name: username, group: execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim() };
}

function giveTo(path: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['mail:mail', path]);
}

const children = new Set<ChildProcess>();
/** Nothing outlives the tests, also when they are broken off. */
process.once('exit', () => {
  for (const child of children) child.kill('SIGTERM');
});

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
