import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import { type Opened, openForTest } from './test/builders.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openForTest(await createDatabase());
});
afterAll(() => opened?.close());

it('the person of a directory id is who the list of people says, else who has that identity on the channel', async () => {
  const { people } = opened.register;
  const listed = await people.known({ channel: 'web', externalId: 'a', name: 'Eva Jansen', address: 'eva@example.org' }, newId());
  await opened.ask('update people set directory_id = $2 where id = $1', [listed, 'AAA-1']);
  const met = await people.known({ channel: 'teams', externalId: 'bbb-2', name: 'Omar Idrissi', address: null }, newId());
  expect((await people.byDirectoryId('aaa-1', 'teams'))?.id).toBe(listed);
  expect((await people.byDirectoryId('bbb-2', 'teams'))?.id).toBe(met);
  expect(await people.byDirectoryId('bbb-2', 'web')).toBeNull();
  await opened.ask('update people set active = false where id = $1', [listed]);
  expect(await people.byDirectoryId('aaa-1', 'teams')).toBeNull();
});
