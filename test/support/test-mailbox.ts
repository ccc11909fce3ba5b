/** A mailbox for a desk in this process: mails come in as bytes, past IMAP, and go out to a real SMTP server. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { emailDelivery } from '../../channels/email/deliver.ts';
import { MailIntake } from '../../channels/email/intake/intake.ts';
import { LINK_KEY, Links } from '../../channels/email/links.ts';
import type { MailboxSettings } from '../../channels/email/settings.ts';
import { openSmtp } from '../../channels/email/smtp.ts';
import type { Files } from '../../files/index.ts';
import type { DeliverTogether } from '../../queue/index.ts';
import type { Register } from '../../register/index.ts';
import { eventually } from './eventually.ts';
import { RememberedSent } from './mail-desk.ts';
import { DESK, mail, type TestMail } from './mail-samples.ts';
import { SmtpReceiver } from './smtp-receiver.ts';

const LOG = { info: () => {}, warn: () => {}, error: () => {} };

export class TestMailbox {
  readonly #receiver = new SmtpReceiver();
  #intake: MailIntake | null = null;
  #settings: MailboxSettings | null = null;
  #close: () => void = () => {};

  /** @returns how the desk's mails go out */
  async open(register: Register, files: Files, desk: ConstructorParameters<typeof MailIntake>[0]['desk']): Promise<DeliverTogether> {
    await this.#receiver.start();
    const server = this.#receiver.settings();
    const settings: MailboxSettings = {
      name: 'servicedesk',
      address: DESK,
      aliases: [],
      plusAddressing: false,
      imap: server,
      smtp: server,
      folder: 'INBOX',
      handledFolder: null,
      quarantineFolder: 'Quarantaine',
      sentFolder: null,
      trustedHosts: ['mx.example.org'],
      trustsInternal: false,
    };
    const parts = {
      register,
      desk,
      raws: { put: async () => 'raw', remove: async () => {} },
      attachments: files,
      checkpoint: () => {},
      log: LOG,
      ownAddresses: [DESK],
      suppliers: () => [],
    };
    this.#settings = settings;
    this.#intake = new MailIntake(parts, { maxBytes: 1_000_000, answersPerHour: 1_000 });
    const smtp = openSmtp(server, () => Promise.reject(new Error('no tokens')), { socketTimeout: 3_000 });
    this.#close = () => smtp.close();
    const { together } = emailDelivery({
      register,
      attachments: files,
      mailboxes: [settings],
      links: new Links(await register.keys.get(LINK_KEY), 'https://desk.example.org'),
      organisation: () => 'Gemeente Voorbeeld',
      limits: { answersPerHour: 1_000 },
      servers: new Map([[settings.name, { smtp, sent: new RememberedSent() }]]),
      checkpoint: () => {},
      log: LOG,
    });
    return { together, patience: { maxAttempts: 4, retryMs: 5, longestRetryMs: 20 } };
  }

  /** A mail arrives, and its turn is taken. */
  async receive(it: TestMail): Promise<void> {
    if (!this.#intake || !this.#settings) throw new Error('the mailbox is not open');
    const raw = Buffer.from(mail(it));
    const read = await this.#intake.read({ raw, arrivedAt: new Date(), size: raw.length }, this.#settings);
    await this.#intake.settle(await this.#intake.take(read, this.#settings));
  }

  /** The last mail that went out, once one says this. */
  async sent(words: string): Promise<ParsedMail> {
    return await eventually(async () => {
      const all = await Promise.all(this.#receiver.mails.map(({ raw }) => simpleParser(raw)));
      const found = all.findLast(({ text }) => text?.includes(words));
      if (!found) throw new Error(`not mailed: ${words}; but:\n${all.map(({ text }) => text).join('\n---\n')}`);
      return found;
    }, 30_000);
  }

  /** All that went out. */
  async everything(): Promise<string> {
    return (await Promise.all(this.#receiver.mails.map(({ raw }) => simpleParser(raw)))).map(({ text }) => text).join('\n');
  }

  async close(): Promise<void> {
    this.#close();
    await this.#receiver.remove();
  }
}
