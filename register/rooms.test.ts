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

async function imported(...rooms: readonly (readonly [number: string, building: string, name: string | null])[]) {
  const rows = async function* () {
    for (const [i, [number, building, name]] of rooms.entries())
      yield { row: i + 2, key: `${building}/${number}`, values: { number, building, floor: number.slice(0, 1), name } };
  };
  return await register.rooms.importList({ columns: ['number', 'building', 'floor', 'name'], rows: rows() });
}

it('rooms are unknown while there is no list, found by number or name after it, and gone when the list no longer has them', async () => {
  expect(await register.rooms.byToken(['3.14'])).toBeNull();
  expect(await imported(['3.14', 'A', null], ['3.14', 'B', null], ['0.02', 'A', 'Rembrandt'])).toMatchObject({ added: 3, refused: 0 });
  const found = await register.rooms.byToken(['3.14', 'REMBRANDT', '9.99']);
  expect(found?.get('3.14')?.map(({ building, floor }) => [building, floor])).toEqual([
    ['A', '3'],
    ['B', '3'],
  ]);
  expect(found?.get('REMBRANDT')).toMatchObject([{ number: '0.02' }]);
  expect(found?.has('9.99')).toBe(false);
  expect(await imported(['3.14', 'A', null], ['3.14', 'B', 'Vermeer'])).toMatchObject({
    added: 0,
    changed: 1,
    unchanged: 1,
    deactivated: 1,
  });
  expect(await imported(['3.14', 'A', null], ['3.14', 'B', 'Vermeer'])).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 2,
    deactivated: 0,
  });
  expect((await register.rooms.byToken(['REMBRANDT']))?.size).toBe(0);
});
