import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../test/setup/database.ts';
import { openRegister, type Register } from './index.ts';

let made: TestDatabase;
let register: Register;
beforeAll(async () => {
  made = await createDatabase();
  register = await openRegister(made);
});
afterAll(async () => {
  await register.close();
  await made.drop();
});

const PEOPLE = [
  ['1', 'Jan de Vries', 'jan@example.org', '3.14'],
  ['2', 'Jan de Vries', 'j.devries@example.org', 'B1-02'],
  ['3', 'Renée Özdemir', 'Renee@example.org', '3-14'],
  ['4', 'Sanne Bakker', null, null],
] as const;

async function imported(people: readonly (readonly [string, string, string | null, string | null])[]): Promise<void> {
  const rows = async function* () {
    for (const [i, [key, name, address, room]] of people.entries())
      yield { row: i + 2, key, values: { directory_id: key, name, address, room, department: 'ICT' } };
  };
  await register.lists.importPeople({ columns: ['directory_id', 'name', 'address', 'room', 'department'], rows: rows() }, { force: true });
}

const wanted = (names: readonly string[], more: { addresses?: string[]; rooms?: string[] } = {}) =>
  register.listedPeople.find({ names, addresses: more.addresses ?? [], rooms: more.rooms ?? [] });
const namesOf = async (...given: Parameters<typeof wanted>) => (await wanted(...given))?.map(({ name }) => name).sort();

it('people are unknown while there is no list, found by name, address and room after it, and gone when the list no longer has them', async () => {
  expect(await wanted(['Jan de Vries'])).toBeNull();
  await imported(PEOPLE);
  // Somebody who only wrote once is in no list.
  await register.people.known(
    { channel: 'web', externalId: 'x', name: 'Renée Özdemir', address: 'gast@example.org' },
    crypto.randomUUID() as never,
  );
  await register.close();
  register = await openRegister(made);
  expect(await namesOf(['jan de vries'])).toEqual(['Jan de Vries', 'Jan de Vries']);
  expect(await namesOf(['Renee Ozdemr'])).toEqual(['Renée Özdemir']);
  expect(await namesOf(['sanne'])).toEqual(['Sanne Bakker']);
  expect(await namesOf(['Bakker, S.', 'Ozdemir, Renee'])).toEqual(['Renée Özdemir', 'Sanne Bakker']);
  expect(await namesOf([], { addresses: ['RENEE@EXAMPLE.ORG'] })).toEqual(['Renée Özdemir']);
  expect(await namesOf([], { rooms: ['3.14', 'B1.02'] })).toEqual(['Jan de Vries', 'Jan de Vries', 'Renée Özdemir']);
  expect(await namesOf(["x' or 1=1 --", '%', ''])).toEqual([]);
  expect(await namesOf([])).toEqual([]);
  expect(await namesOf(['Renée Özdemir', 'renee'], { addresses: ['renee@example.org'], rooms: ['3.14'] })).toEqual([
    'Jan de Vries',
    'Renée Özdemir',
  ]);
  await imported(PEOPLE.slice(1));
  expect(await wanted(['jan de vries'])).toHaveLength(1);
});

it('who holds a budget is known by directory id or address', async () => {
  const rows = async function* () {
    yield { row: 2, key: '100', values: { number: '100', name: 'ICT', holder: 'renee@EXAMPLE.org' } };
    yield { row: 3, key: '200', values: { number: '200', name: 'Post', holder: '4' } };
  };
  await register.lists.importBudgets({ columns: ['number', 'name', 'holder'], rows: rows() });
  const found = await wanted(['Renée Özdemir', 'Sanne Bakker', 'Jan de Vries']);
  expect(found?.map(({ name, holdsBudget }) => [name, holdsBudget])).toEqual([
    ['Jan de Vries', false],
    ['Renée Özdemir', true],
    ['Sanne Bakker', true],
  ]);
});
