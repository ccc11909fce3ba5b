import { describe, expect, it } from 'vitest';
import { type CaseId, newId, type PersonId } from '../domain/index.ts';
import { Presence } from './presence.ts';

describe('who looks at a case', () => {
  const told = (doing: 'looks' | 'types' | 'left', more = {}) => ({ ...OMAR, doing, ...more }) as const;
  const OMAR = { kind: 'presence', case: newId<CaseId>(), team: 'facilities', person: newId<PersonId>(), name: 'Omar' } as const;
  const FACILITIES = new Set(['facilities']);

  it('is told to those of its team, once for each change', () => {
    const presence = new Presence();
    expect([presence.hear(told('looks')), presence.hear(told('looks')), presence.hear(told('types'))]).toEqual([true, false, true]);
    expect(presence.of(FACILITIES)).toEqual([{ case: OMAR.case, person: OMAR.person, name: 'Omar', doing: 'types' }]);
    expect(presence.of(new Set(['hr']))).toEqual([]);
    expect([presence.hear(told('left')), presence.hear(told('left'))]).toEqual([true, false]);
    expect(presence.of(FACILITIES)).toEqual([]);
  });

  it('is forgotten when nothing more is heard of them', () => {
    let now = 0;
    const presence = new Presence(() => now);
    presence.hear(told('looks'));
    now = 30_000;
    presence.hear(told('looks', { person: newId<PersonId>(), name: 'Fatima' }));
    now = 46_000;
    expect(presence.of(FACILITIES).map(({ name }) => name)).toEqual(['Fatima']);
  });
});
