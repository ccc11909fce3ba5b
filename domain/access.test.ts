import { describe, expect, it } from 'vitest';
import { isAllowed, isAllowedWith, isReader, PERMISSIONS, type Permission, ROLES, type Role, scopeOf } from './access.ts';
import { newId, type PersonId } from './ids.ts';

/** Who may do what, written down a second time: a change of one is a change of both. */
const EXPECTED: Readonly<Record<Permission, string>> = {
  //                worker agent coordinator manager admin auditor
  read: '            own    all   own         own     all   all ',
  'read-restricted': 'own   own   own         none    own   all ',
  work: '            own    all   own         none    all   none',
  prioritise: '      own    all   own         none    all   none',
  'take-over': '     none   none  own         none    all   none',
  register: '        own    all   own         none    all   none',
  'see-figures': '   none   none  own         own     all   all ',
  'share-views': '   none   none  own         own     all   none',
  administer: '      none   none  none        none    all   none',
  'read-audit': '    none   none  none        none    none  all ',
};
const expected = (role: Role, permission: Permission) => EXPECTED[permission].trim().split(/\s+/)[ROLES.indexOf(role)];
const EVERY = ROLES.flatMap((role) => PERMISSIONS.map((permission) => [role, permission] as const));

describe('a role', () => {
  it.each(EVERY)('%s: %s goes as far as it should', (role, permission) => {
    expect(scopeOf(role, permission)).toBe(expected(role, permission));
    expect(isAllowed(role, permission)).toBe(expected(role, permission) !== 'none');
  });

  it('goes with a case by its team and by who holds it, in every permutation', () => {
    const [me, other] = [newId<PersonId>(), newId<PersonId>()];
    for (const [role, permission] of EVERY)
      for (const teams of [[], ['facilities'], ['hr'], ['hr', 'facilities']])
        for (const team of ['facilities', 'hr', 'ict'])
          for (const worker of [null, me, other]) {
            const scope = expected(role, permission);
            const own = teams.includes(team) || worker === me;
            const allowed = isAllowedWith({ id: me, role, teams }, permission, { team, worker });
            expect({ role, permission, teams, team, worker, allowed }).toMatchObject({
              allowed: scope === 'all' || (scope === 'own' && own),
            });
          }
  });

  it('that may change something may read it; an auditor changes nothing', () => {
    for (const role of ROLES)
      for (const permission of ['work', 'prioritise', 'take-over'] as const)
        if (isAllowed(role, permission)) expect(scopeOf(role, 'read')).toBe(scopeOf(role, permission));
    expect(PERMISSIONS.filter((it) => isAllowed('auditor', it))).toEqual(['read', 'read-restricted', 'see-figures', 'read-audit']);
  });
});

describe('a reader', () => {
  it.each(['anna@example.org', 'team:hr', 'team:case-managers', 'role:manager', 'role:auditor'])('%s is one', (text) => {
    expect(isReader(text)).toBe(true);
  });
  it.each(['', 'anna', 'role:', 'role:king', 'team:', 'team:a b', 'anna@', '@example.org', 'group:hr', 'team:hr@example.org'])(
    '%s is none',
    (text) => {
      expect(isReader(text)).toBe(false);
    },
  );
});
