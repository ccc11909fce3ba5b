import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { Credential, MailboxSettings, MailLimits, OAuth2Settings, ServerSettings } from '../channels/email/index.ts';

/** The settings of email, as `.env.example` explains them. */
export const MAIL_SETTINGS = {
  LOKET_MAILBOXES: z.string().optional(),
  LOKET_MAIL_MAX_MB: z.coerce.number().int().min(1).max(500).default(50),
  LOKET_MAIL_ANSWERS_PER_HOUR: z.coerce.number().int().min(1).max(10_000).default(20),
} as const;

export interface MailConfig {
  /** None: email is off. */
  readonly mailboxes: readonly MailboxSettings[];
  readonly limits: MailLimits;
}

const address = z.email().transform((text) => text.toLowerCase());
const name = z.string().min(1).max(200);
/** `host` or `host:port`. */
const server = z
  .string()
  .regex(/^(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i, 'must be a host, or host:port')
  .transform((text) => {
    const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
    return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? null : Number(port) };
  });

const microsoft = z.strictObject({ tenant: name, clientId: name, clientSecret: name, loginUrl: z.url().optional() });
const google = z.strictObject({ clientId: name, clientSecret: name, refreshToken: name, tokenUrl: z.url().optional() });

const mailbox = z
  .strictObject({
    address,
    name: name.optional(),
    aliases: z.array(address).default([]),
    plusAddressing: z.boolean().default(false),
    imap: server.optional(),
    smtp: server.optional(),
    tls: z.boolean().default(true),
    ca: name.optional(),
    user: name.optional(),
    password: name.optional(),
    microsoft: microsoft.optional(),
    google: google.optional(),
    smtpUser: name.optional(),
    smtpPassword: name.optional(),
    smtpAuth: z.boolean().default(true),
    folder: name.default('INBOX'),
    handled: name.default('Verwerkt'),
    quarantine: name.default('Quarantaine'),
    sent: name.optional(),
    trustedHosts: z.array(name).default([]),
    trustInternal: z.boolean().optional(),
  })
  .superRefine((it, context) => {
    const ways = [it.password, it.microsoft, it.google].filter((way) => way !== undefined).length;
    const complain = (message: string) => context.addIssue({ code: 'custom', message, input: undefined });
    if (ways === 0) complain('has neither password, microsoft nor google: one of them signs in');
    if (ways > 1) complain('has more than one of password, microsoft and google: one of them signs in');
    if (!it.microsoft && !it.google && !it.imap) complain('has no imap: the host of the mail server');
    if (!it.tls && [it.imap, it.smtp].some((at) => at && !isHere(at.host)))
      complain('has tls: false for a server elsewhere: passwords and questions would travel readable');
  });

const shape = z.object(MAIL_SETTINGS);

/** Reads the mailboxes (a list in YAML). @returns the problems, a line each, when they are not right; no secret stands in them */
export function readMail(it: Readonly<z.output<typeof shape>>): { readonly mail: MailConfig; readonly problems: readonly string[] } {
  const limits = { maxBytes: it.LOKET_MAIL_MAX_MB * 1024 * 1024, answersPerHour: it.LOKET_MAIL_ANSWERS_PER_HOUR };
  const refused = (problems: readonly string[]) => ({ mail: { mailboxes: [], limits }, problems });
  if (!it.LOKET_MAILBOXES) return refused([]);
  let given: unknown;
  try {
    given = parse(it.LOKET_MAILBOXES);
  } catch (error) {
    const where = error instanceof YAMLParseError ? ` at line ${error.linePos?.[0].line ?? '?'}` : '';
    return refused([`LOKET_MAILBOXES is not a list in YAML${where}: see .env.example`]);
  }
  const list = z
    .array(mailbox)
    .min(1)
    .safeParse(Array.isArray(given) ? given : [given]);
  if (!list.success)
    return refused(
      list.error.issues.map((issue) => {
        const [index, ...path] = issue.path;
        const at = typeof index === 'number' ? ` ${index + 1}` : '';
        return `LOKET_MAILBOXES: mailbox${at} ${path.length > 0 ? `${path.join('.')}: ` : ''}${issue.message}`;
      }),
    );
  const mailboxes = list.data.map(settingsOf);
  const twice = mailboxes.find((one, i) => mailboxes.findIndex((other) => other.name === one.name) !== i);
  if (twice) return refused([`LOKET_MAILBOXES: two mailboxes are called ${twice.name}`]);
  return { mail: { mailboxes, limits }, problems: [] };
}

function settingsOf(it: z.output<typeof mailbox>): MailboxSettings {
  const user = it.user ?? it.address;
  const credential = credentialOf(it);
  const imap = it.imap ?? { host: it.google ? 'imap.gmail.com' : 'outlook.office365.com', port: null };
  const smtp =
    it.smtp ?? (it.google ? { host: 'smtp.gmail.com', port: null } : it.microsoft ? { host: 'smtp.office365.com', port: null } : null);
  const reach = (
    { host, port }: { host: string; port: number | null },
    usual: number,
    tlsPort: number,
  ): Omit<ServerSettings, 'user' | 'credential'> => ({
    host,
    port: port ?? usual,
    security: it.tls ? ((port ?? usual) === tlsPort ? 'tls' : 'starttls') : 'none',
    caFile: it.ca ?? null,
  });
  return {
    name: it.name ?? it.address,
    address: it.address,
    aliases: it.aliases,
    plusAddressing: it.plusAddressing,
    imap: { ...reach(imap, 993, 993), user, credential },
    smtp: smtp && {
      ...reach(smtp, 587, 465),
      user: it.smtpUser ?? user,
      credential: it.smtpPassword ? { kind: 'password', password: it.smtpPassword } : it.smtpAuth ? credential : { kind: 'none' },
    },
    folder: it.folder,
    handledFolder: it.handled === 'flag' ? null : it.handled,
    quarantineFolder: it.quarantine,
    sentFolder: it.sent ?? null,
    trustedHosts: it.trustedHosts,
    trustsInternal: it.trustInternal ?? it.microsoft !== undefined,
  };
}

function credentialOf({ password, microsoft: ms, google: g }: z.output<typeof mailbox>): Credential {
  if (password !== undefined) return { kind: 'password', password };
  const oauth2: OAuth2Settings | null = ms
    ? {
        grant: 'client-credentials',
        tokenUrl: `${(ms.loginUrl ?? 'https://login.microsoftonline.com').replace(/\/+$/, '')}/${encodeURIComponent(ms.tenant)}/oauth2/v2.0/token`,
        clientId: ms.clientId,
        clientSecret: ms.clientSecret,
        scope: 'https://outlook.office365.com/.default',
      }
    : g
      ? {
          grant: 'refresh-token',
          tokenUrl: g.tokenUrl ?? 'https://oauth2.googleapis.com/token',
          clientId: g.clientId,
          clientSecret: g.clientSecret,
          refreshToken: g.refreshToken,
        }
      : null;
  return oauth2 ? { kind: 'oauth2', oauth2 } : { kind: 'none' };
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
