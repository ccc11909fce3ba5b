import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../test/setup/database.ts';
import { openDatabase } from './database.ts';
import { Together } from './together.ts';

const made = await createDatabase();
const database = openDatabase(made.applicationUrl, { max: 4 });
afterAll(async () => {
  await database.close();
  await made.drop();
});

const numbers = Array.from({ length: 100 }, (_, i) => i + 1);
const argument = (n: number): string => JSON.stringify({ n });
/** An expression in `a` for each argument. */
const each = (expression: string): string => `select ${expression} as value from jsonb_array_elements($1::jsonb) a`;

describe('calls that come together', () => {
  it('get each their own answer, in few transactions', async () => {
    const together = new Together(
      database.pool,
      'twice',
      each(`jsonb_build_object('twice', 2 * (a ->> 'n')::int, 'at', pg_current_xact_id()::text)`),
    );
    const answers = await Promise.all(numbers.map((n) => together.call(argument(n))));
    expect(answers).toMatchObject(numbers.map((n) => ({ twice: 2 * n })));
    const transactions = new Set(answers.map((answer) => JSON.stringify(answer).replace(/.*"at":"(\d+)".*/, '$1')));
    expect(transactions.size).toBeLessThan(numbers.length / 5);
  });

  it('do not suffer from one that fails', async () => {
    const together = new Together(database.pool, 'divided', each(`to_jsonb(100 / ((a ->> 'n')::int - 50))`));
    const answers = await Promise.allSettled(numbers.map((n) => together.call(argument(n))));
    const failed = answers.flatMap((answer, i) => (answer.status === 'rejected' ? [numbers[i]] : []));
    expect(failed).toEqual([50]);
    expect(answers[0]).toEqual({ status: 'fulfilled', value: -2 });
  });

  it('go at once when nothing is under way', async () => {
    const together = new Together(database.pool, 'echoed', each(`a -> 'n'`));
    expect(await together.call(argument(7))).toBe(7);
    expect(await together.call(argument(8))).toBe(8);
  });
});
