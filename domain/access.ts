import type { PersonId } from './ids.ts';

/**
 * Who may do what in the workbench. One table says it all; routes and the register's queries ask it, and nothing else decides.
 * Somebody without any of these roles is a requester: they see their own cases in "My cases", and nothing here.
 */
export const ROLES = ['worker', 'agent', 'coordinator', 'manager', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What there is to be allowed:
 * `read` cases; `read-restricted` those whose product names no readers (named readers stand in the catalogue, and go before every role);
 * `work` on them (claim, answer, move, note, report ready); `prioritise` them; `take-over` what somebody else holds;
 * `register` for others at the desk (and look people up), `own` for who is in the desk's own team; `see-figures`; `share-views`: keep lists for a whole team; `administer` people, the intake ledger and what is learned; `read-audit`.
 */
export const PERMISSIONS = [
  'read',
  'read-restricted',
  'work',
  'prioritise',
  'take-over',
  'register',
  'see-figures',
  'share-views',
  'administer',
  'read-audit',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** How far a permission goes: nowhere, the own teams (and what one holds oneself), or everything. */
export type Scope = 'none' | 'own' | 'all';

/**
 * The two lines of the desk are both `agent`: the team somebody is in says which line it is.
 * An administrator does what anybody does, except that what is restricted stays with its team. An auditor changes nothing.
 */
const ACCESS = {
  worker: access({ read: 'own', 'read-restricted': 'own', work: 'own', prioritise: 'own', register: 'own' }),
  agent: access({ read: 'all', 'read-restricted': 'own', work: 'all', prioritise: 'all', register: 'all' }),
  coordinator: access({
    read: 'own',
    'read-restricted': 'own',
    work: 'own',
    prioritise: 'own',
    'take-over': 'own',
    register: 'own',
    'see-figures': 'own',
    'share-views': 'own',
  }),
  manager: access({ read: 'own', 'see-figures': 'own', 'share-views': 'own' }),
  admin: access({
    read: 'all',
    'read-restricted': 'own',
    work: 'all',
    prioritise: 'all',
    'take-over': 'all',
    register: 'all',
    'see-figures': 'all',
    'share-views': 'all',
    administer: 'all',
  }),
  auditor: access({ read: 'all', 'read-restricted': 'all', 'see-figures': 'all', 'read-audit': 'all' }),
} as const satisfies Record<Role, Readonly<Record<Permission, Scope>>>;

function access(given: Readonly<Partial<Record<Permission, Scope>>>): Readonly<Record<Permission, Scope>> {
  const none = {
    read: 'none',
    'read-restricted': 'none',
    work: 'none',
    prioritise: 'none',
    'take-over': 'none',
    register: 'none',
    'see-figures': 'none',
    'share-views': 'none',
    administer: 'none',
    'read-audit': 'none',
  } as const;
  return { ...none, ...given };
}

/** How far a role's permission goes. */
export function scopeOf(role: Role, permission: Permission): Scope {
  return ACCESS[role][permission];
}

/** Whether a role may do something that belongs to no team. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return scopeOf(role, permission) !== 'none';
}

/** Whether somebody may do something with a case, which is one that they may read. */
export function isAllowedWith(
  who: { readonly id: PersonId; readonly role: Role; readonly teams: readonly string[] },
  permission: Permission,
  it: { readonly team: string; readonly worker: PersonId | null },
): boolean {
  const scope = scopeOf(who.role, permission);
  return scope === 'all' || (scope === 'own' && (it.worker === who.id || who.teams.includes(it.team)));
}

/** Who is meant by a reader of what is restricted: an address, everybody in a team, or everybody with a role. */
const READER = /^(?:team:[a-z0-9][a-z0-9-]*|role:[a-z]+|[^\s@:]+@[^\s@:]+)$/i;

/** Whether a text names readers: `anna@example.org`, `team:hr` or `role:manager`. */
export function isReader(text: string): boolean {
  return READER.test(text) && (!text.startsWith('role:') || ROLES.some((role) => text === `role:${role}`));
}
