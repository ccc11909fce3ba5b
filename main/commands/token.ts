import { type PersonId, parseId, readScope, unknownScope } from '../../domain/index.ts';
import type { ApiToken } from '../../register/index.ts';
import type { Config } from '../config.ts';
import { withRegister } from '../register-access.ts';
import { UsageError } from '../usage-error.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 3650;

export interface TokenCreateOptions {
  readonly scopes: string;
  readonly days: string;
  readonly json?: boolean;
}

/** `loket token create NAME --scopes S,S --days N`: makes a token and prints its secret, once. */
export async function tokenCreate(config: Config, name: string, options: TokenCreateOptions): Promise<void> {
  const texts = options.scopes.split(/[\s,]+/).filter(Boolean);
  const problem = texts.length === 0 ? 'a token needs a scope' : unknownScope(texts);
  if (problem !== null) throw new UsageError(problem);
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new UsageError(`"${options.days}" is not a number of days from 1 to ${MOST_DAYS}`);
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 100) throw new UsageError('a token needs a name, of 100 characters at most');
  const scopes = texts.flatMap((text) => readScope(text) ?? []);
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  const { secret, token } = await withRegister(config, ({ apiTokens }) => apiTokens.create({ name: trimmed, scopes, expiresAt, by: null }));
  if (options.json) return console.log(JSON.stringify({ ...token, secret }));
  console.log(`${describe(token)}\nIt is not shown again:\n${secret}`);
}

/** `loket token list`: all there were. */
export async function tokenList(config: Config, options: { readonly json?: boolean }): Promise<void> {
  const tokens = await withRegister(config, ({ apiTokens }) => apiTokens.list());
  if (options.json) return console.log(JSON.stringify(tokens));
  if (tokens.length === 0) return console.log('There are no tokens.');
  for (const token of tokens) console.log(describe(token));
}

/** `loket token revoke ID`: it works no longer. */
export async function tokenRevoke(config: Config, id: string): Promise<void> {
  const token = parseId<PersonId>(id);
  if (!token) throw new UsageError(`"${id}" is not the id of a token`);
  const revoked = await withRegister(config, ({ apiTokens }) => apiTokens.revoke(token, null));
  if (!revoked) throw new UsageError(`there is no token ${id} that works`);
  console.log(`Token ${id} is withdrawn.`);
}

function describe({ id, name, scopes, expiresAt, lastUsedAt, revokedAt }: ApiToken): string {
  const day = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');
  const state = revokedAt ? `withdrawn ${day(revokedAt)}` : `until ${day(expiresAt)}`;
  return `${id} ${name}: ${scopes.join(' ')}; ${state}; ${lastUsedAt ? `last used ${day(lastUsedAt)}` : 'never used'}`;
}
