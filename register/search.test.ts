import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { searchWords } from './search.ts';
import { aCase, aColleague, aConversation, carryOut, happened, openForTest, registered, said } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);

describe('the words of a search', () => {
  it.each([
    ['lamp kapot', ['lamp', 'kapot']],
    ['  Lamp,  kapot!  ', ['Lamp', 'kapot']],
    ['sd 7k3q mx2p', ['SD-7k3q-mx2p']],
    ['SD-7K3Q-MX2P.', ['SD-7K3Q-MX2P']],
    ['kamer 3.14', ['kamer', '3.14']],
    ['sanne@example.org', ['sanne@example.org']],
    ['... -- !', []],
    ['', []],
  ])('of "%s"', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  it('are few and short, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const words = searchWords(text);
        expect(words.length).toBeLessThanOrEqual(8);
        for (const word of words) expect(word.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe('what is searched', () => {
  it('never fails on what is typed', async () => {
    const worker = await aColleague(register, { teams: ['facilities'] });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(..."ab1 '\\:*&|!()<->%_.-/@é😀\u0000\uD83D".split('')), maxLength: 40 }),
        async (search) => {
          await expect(register.cases.list({ kind: 'all' }, worker, { search })).resolves.toBeDefined();
        },
      ),
      { numRuns: 100 },
    );
  });

  it('follows the case: what is said and noted later is found too, by whoever may see it', async () => {
    const worker = await aColleague(register, { teams: ['facilities'] });
    const stranger = await aColleague(register, { teams: ['catering'] });
    const conversation = await aConversation(register);
    const it = aCase(conversation, { team: 'facilities', title: 'Deur', text: 'de deur klemt' });
    await carryOut(register, conversation, [registered(it), happened(it, 'queued')]);
    expect(await register.search.index()).toBeGreaterThan(0);
    const find = async (search: string, colleague = worker) =>
      (await register.cases.list({ kind: 'all' }, colleague, { search })).cases.map((found) => found.case.id);
    expect(await find('scharnieren')).toEqual([]);
    await carryOut(register, conversation, [
      said('De scharnieren zijn besteld', [it]),
      { kind: 'note', id: crypto.randomUUID(), case: it.id, author: worker.id, text: 'leverancier gebeld' },
    ]);
    await register.search.index();
    expect(await find('scharnieren')).toEqual([it.id]);
    expect(await find('leveranciers')).toEqual([it.id]);
    expect(await find('leveranciers', stranger)).toEqual([]);
    expect(await register.search.index()).toBe(0);
    expect(await ask('select count(*) from search_due')).toEqual([[0]]);
  });
});
