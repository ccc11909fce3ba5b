import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { OpenIdSettings } from '../workbench/index.ts';
import { FILES_SETTINGS, type FilesConfig, readFiles } from './files-config.ts';
import { HANDLER_SETTINGS, type HandlerSecrets } from './handler-config.ts';
import { LLM_SETTINGS, type LlmConfig, readLlm } from './llm-config.ts';
import { MAIL_SETTINGS, type MailConfig, readMail } from './mail-config.ts';
import { OIDC_SETTINGS, readOidc } from './oidc-config.ts';
import { readTeams, TEAMS_SETTINGS, type TeamsConfig } from './teams-config.ts';

/** Whatever is wrong with the configuration: one line each, and the process does not start. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const port = z.coerce.number().int().min(0).max(65_535);
const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address that begins with ${protocols.map((it) => `${it}//`).join(' or ')}`,
    );
const origins = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine(
    (list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'must be origins such as https://intranet.example.org, separated by blanks',
  );

/** Every setting there is; `.env.example` explains each (a test keeps them equal). */
export const SETTINGS = {
  LOKET_PORT: port.default(3978),
  LOKET_HOST: z.string().min(1).default('127.0.0.1'),
  LOKET_PUBLIC_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  LOKET_DATA: z.string().min(1).default('./data'),
  LOKET_CATALOGUE: z.string().min(1).default('./catalogue'),
  LOKET_CHAT_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  LOKET_CHAT_ORIGINS: origins.default([]),
  LOKET_MESSAGES_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(30),
  LOKET_UNDO_SECONDS: z.coerce.number().int().min(0).max(600).default(60),
  LOKET_WEBHOOKS_INSIDE: z.enum(['0', '1']).default('0'),
  LOKET_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  LOKET_TEST_CRASH_AT: z.string().optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_OWNER_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  ...TEAMS_SETTINGS,
  ...MAIL_SETTINGS,
  ...FILES_SETTINGS,
  ...LLM_SETTINGS,
  ...OIDC_SETTINGS,
  ...HANDLER_SETTINGS,
} as const;

type SettingName = keyof typeof SETTINGS;

/** The configuration, parsed once. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where people reach the desk; null: derived from host and port. */
  readonly publicUrl: string | null;
  readonly dataFolder: string;
  readonly catalogueFolder: string;
  readonly chatKey: string | null;
  readonly chatOrigins: readonly string[];
  readonly messagesPerMinute: number;
  /** For how long colleagues can take back what goes out. */
  readonly undoSeconds: number;
  /** Whether webhooks may go to loopback and private addresses. */
  readonly webhooksInside: boolean;
  readonly log: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** For the fault tests: a checkpoint at which the process ends hard. */
  readonly crashAt: string | null;
  readonly database:
    | { readonly kind: 'embedded' }
    | { readonly kind: 'server'; readonly applicationUrl: string; readonly ownerUrl: string };
  readonly redisUrl: string | null;
  readonly teams: TeamsConfig;
  readonly mail: MailConfig;
  /** A language model that may help where the desk is unsure; null: none. */
  readonly llm: LlmConfig | null;
  readonly files: FilesConfig;
  /** The organisation's OpenID provider; null: one-time links alone. */
  readonly oidc: OpenIdSettings | null;
  readonly handlerSecrets: HandlerSecrets;
}

/**
 * Reads the settings from `.env` in the working folder and the environment, which wins.
 * @throws ConfigError with a line for each unknown or malformed setting
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, envFile = '.env'): Config {
  const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  const problems = [
    ...Object.keys(fromFile)
      .filter((name) => !isSetting(name))
      .map((name) => `${name} (in ${envFile}) is not a setting of Loket${hint(name)}`),
    ...Object.keys(environment)
      .filter((name) => /^(LOKET|TEAMS)_/.test(name) && !isSetting(name))
      .map((name) => `${name} is not a setting of Loket${hint(name)}`),
  ];
  const given = Object.fromEntries(
    Object.keys(SETTINGS).flatMap((name) => {
      const value = environment[name] ?? fromFile[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = z.object(SETTINGS).safeParse(given);
  if (!parsed.success)
    problems.push(
      ...parsed.error.issues.map(
        (issue) => `${String(issue.path[0])} ${withoutCapital(issue.message)}; it is "${shown(given, issue.path[0])}"`,
      ),
    );
  else if (parsed.data.DATABASE_OWNER_URL && !parsed.data.DATABASE_URL) problems.push('DATABASE_OWNER_URL is set without DATABASE_URL');
  const mail = parsed.success ? readMail(parsed.data) : null;
  problems.push(...(mail?.problems ?? []));
  const llm = parsed.success ? readLlm(parsed.data) : null;
  problems.push(...(llm?.problems ?? []));
  const oidc = parsed.success ? readOidc(parsed.data) : null;
  problems.push(...(oidc?.problems ?? []));
  const files = parsed.success ? readFiles(parsed.data) : null;
  problems.push(...(files?.problems ?? []));
  const teams = parsed.success ? readTeams(parsed.data, parsed.data.LOKET_PUBLIC_URL ?? null) : null;
  problems.push(...(teams?.problems ?? []));
  if (problems.length > 0 || !parsed.success || !teams || !mail || !llm || !files || !oidc) throw new ConfigError(problems);
  const it = parsed.data;
  return {
    port: it.LOKET_PORT,
    host: it.LOKET_HOST,
    publicUrl: it.LOKET_PUBLIC_URL ?? null,
    dataFolder: it.LOKET_DATA,
    catalogueFolder: it.LOKET_CATALOGUE,
    chatKey: it.LOKET_CHAT_KEY ?? null,
    chatOrigins: it.LOKET_CHAT_ORIGINS,
    messagesPerMinute: it.LOKET_MESSAGES_PER_MINUTE,
    undoSeconds: it.LOKET_UNDO_SECONDS,
    webhooksInside: it.LOKET_WEBHOOKS_INSIDE === '1',
    log: it.LOKET_LOG,
    crashAt: it.LOKET_TEST_CRASH_AT ?? null,
    database: it.DATABASE_URL
      ? { kind: 'server', applicationUrl: it.DATABASE_URL, ownerUrl: it.DATABASE_OWNER_URL ?? it.DATABASE_URL }
      : { kind: 'embedded' },
    redisUrl: it.REDIS_URL ?? null,
    teams: teams.teams,
    mail: mail.mail,
    llm: llm.llm,
    files: files.files,
    oidc: oidc.oidc,
    handlerSecrets: it.LOKET_HANDLER_SECRETS,
  };
}

function isSetting(name: string): name is SettingName {
  return name in SETTINGS;
}

/** Secrets are not repeated in an error. */
function shown(given: Record<string, string>, name: PropertyKey | undefined): string {
  const text = given[String(name)] ?? '';
  return /KEY|URL|SECRET|PASSWORD|MAILBOXES/.test(String(name)) ? `${text.slice(0, 4)}…` : text;
}

function hint(name: string): string {
  const like = Object.keys(SETTINGS).find(
    (known) => known.replace(/^LOKET_/, '') === name.replace(/^LOKET_/, '') || known.startsWith(name.slice(0, 9)),
  );
  return like ? `; did you mean ${like}?` : '; see .env.example';
}

function withoutCapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
