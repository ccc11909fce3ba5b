import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupsOf } from './people-pages.ts';

const pairs = fc.array(fc.record({ one: fc.nat(12), other: fc.nat(12) }), { maxLength: 12 });

it('people hang together by any way, each in one group, in whatever order they were joined', () => {
  fc.assert(
    fc.property(pairs, (joins) => {
      const groups = groupsOf(joins);
      const all = groups.flatMap((group) => [...group]);
      expect(new Set(all).size).toBe(all.length);
      for (const { one, other } of joins) expect(groups.some((group) => group.has(one) && group.has(other))).toBe(true);
      const sorted = (found: readonly ReadonlySet<number>[]) => found.map((group) => [...group].sort().join()).sort();
      expect(sorted(groupsOf([...joins].reverse()))).toEqual(sorted(groups));
      // Nobody is in a group by nothing.
      for (const group of groups) expect(group.size).toBeLessThanOrEqual(joins.filter(({ one }) => group.has(one)).length + 1);
    }),
  );
});
