import type { Config } from './config.ts';
import { UsageError } from './usage-error.ts';

/**
 * What a process of the desk does: `web` serves the chat, the workbench and the pages, `email` reads the mailboxes, `teams` takes what Microsoft
 * Teams sends, `jobs` delivers, fires timers and looks after everything. By default one does all; any number may do each.
 */
export const PROCESS_ROLES = ['web', 'email', 'teams', 'jobs'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

export const EVERY_ROLE: ReadonlySet<ProcessRole> = new Set(PROCESS_ROLES);

/**
 * Reads `--roles web,jobs`.
 * @throws UsageError for a role that there is not, or when only a part is to be done with the embedded database, which one process has for itself
 */
export function readRoles(text: string | undefined, { database }: Pick<Config, 'database'>): ReadonlySet<ProcessRole> {
  if (text === undefined) return EVERY_ROLE;
  const named = text.split(',').map((name) => name.trim());
  const roles = new Set(PROCESS_ROLES.filter((role) => named.includes(role)));
  const unknown = named.filter((name) => !PROCESS_ROLES.some((role) => role === name));
  if (unknown.length > 0 || roles.size === 0)
    throw new UsageError(`"${unknown.join(', ')}" is no role; the roles are ${PROCESS_ROLES.join(', ')}, e.g. --roles web,jobs`);
  if (roles.size < PROCESS_ROLES.length && database.kind === 'embedded')
    throw new UsageError(
      'Several processes need a PostgreSQL server that they share: set DATABASE_URL. The embedded one belongs to a single process with all roles.',
    );
  return roles;
}
