import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseState } from './case.ts';
import { type CaseId, newId } from './ids.ts';
import { allPartsDone, isPartDone, type PartState, partsToQueue, waitsFor } from './parts.ts';

const WHOLE = newId<CaseId>();

/** Any order that ends: each part may wait for those before it, given in any sequence. */
const order = fc
  .array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((all) => all.map((after, i) => after.filter((n) => n < i).map(String)));

function parts(after: readonly (readonly string[])[]): PartState[] {
  return after.map((ids, i) => ({ state: 'open', part: { of: WHOLE, id: String(i), after: ids } }));
}

describe('the order of the parts of a case', () => {
  it('each is queued once, never before what it waits for is ready, and the whole is ready with the last and not before', () => {
    fc.assert(
      fc.property(order, fc.array(fc.nat(), { maxLength: 40 }), (after, picks) => {
        let now = parts(after);
        const queued: string[] = [];
        let pick = 0;
        const queue = (): void => {
          for (const it of partsToQueue(now)) {
            const id = it.part?.id ?? '';
            for (const other of it.part?.after ?? []) expect(isPartDone(now[Number(other)] ?? { state: 'open' })).toBe(true);
            queued.push(id);
            now = now.map((one) => (one.part?.id === id ? { ...one, state: 'queued' } : one));
          }
        };
        queue();
        while (now.some(({ state }) => state === 'queued')) {
          expect(allPartsDone(now)).toBe(false);
          const waiting = now.filter(({ state }) => state === 'queued');
          const chosen = waiting[(picks[pick++] ?? 0) % waiting.length];
          now = now.map((one) => (one === chosen ? { ...one, state: 'ready' } : one));
          queue();
        }
        expect(allPartsDone(now)).toBe(true);
        expect(queued.toSorted()).toEqual(now.map((_, i) => String(i)).toSorted());
      }),
    );
  });

  it('says what an unqueued part waits for, and of one that is under way nothing', () => {
    const states = fc.constantFrom<CaseState>('open', 'queued', 'claimed', 'waiting', 'ready', 'closed', 'withdrawn');
    fc.assert(
      fc.property(order, fc.array(states, { minLength: 12, maxLength: 12 }), (after, many) => {
        const now = parts(after).map((one, i) => ({ ...one, state: many[i] ?? 'open' }));
        for (const one of now) {
          const waits = waitsFor(one, now);
          if (one.state !== 'open') expect(waits).toEqual([]);
          else expect(partsToQueue(now).includes(one)).toBe(waits.length === 0);
          for (const other of waits) expect(isPartDone(other)).toBe(false);
        }
      }),
    );
  });

  it('begins what waits for a part that this case does not have', () => {
    const [only] = parts([['laptop']]);
    expect(only && partsToQueue([only])).toEqual([only]);
  });

  it('is nothing that could be ready without parts', () => {
    expect(allPartsDone([])).toBe(false);
  });
});
