import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { aCase, aConversation, carryOut, openForTest, registered } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { llm } = register;
const ZONE = 'Europe/Amsterdam';

describe('what a language model may cost in a day', () => {
  it('is never overspent, however many take from it at once; what was not used comes back', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => llm.reserve(100, 1_000, ZONE)));
    expect(taken.filter(Boolean)).toHaveLength(10);
    expect(await llm.usedToday(ZONE)).toEqual({ tokens: 1_000, calls: 10 });
    await llm.settle(100, 30, ZONE);
    expect(await llm.usedToday(ZONE)).toEqual({ tokens: 930, calls: 10 });
    expect(await llm.reserve(70, 1_000, ZONE)).toBe(true);
    expect(await llm.reserve(1, 1_000, ZONE)).toBe(false);
  });

  it('is not spent by one question that is too large, on the first of a day neither', async () => {
    await ask('truncate llm_usage');
    expect(await llm.reserve(1_001, 1_000, ZONE)).toBe(false);
    expect(await llm.usedToday(ZONE)).toEqual({ tokens: 0, calls: 0 });
    await ask(`insert into llm_usage values ((now() at time zone 'Europe/Amsterdam')::date - 1, 1000, 5)`);
    expect(await llm.reserve(1_000, 1_000, ZONE)).toBe(true);
  });
});

describe('a summary', () => {
  it('is the latest, and goes with its case', async () => {
    const conversation = await aConversation(register);
    const it = aCase(conversation);
    await carryOut(register, conversation, [registered(it)]);
    expect(await llm.summaryOf(it.id)).toBeNull();
    await llm.summarise(it.id, 'Te warm.', 'small');
    await llm.summarise(it.id, 'Te warm in 3.14.', 'large');
    expect(await llm.summaryOf(it.id)).toEqual({ text: 'Te warm in 3.14.', model: 'large' });
  });
});
