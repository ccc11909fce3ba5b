/** Colleagues of whom somebody writes: found in the list of the organisation, for who is known himself. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MailDesk } from './support/mail-desk.ts';

let desk: MailDesk;
beforeEach(async () => {
  desk = await MailDesk.open();
  await desk.look(`
    insert into people (id, name, address, verified, directory_id) values
      ('00000000-0000-7000-9000-000000000001', 'Renée Özdemir', 'renee@example.org', true, 'p-1'),
      ('00000000-0000-7000-9000-000000000002', 'Sanne Bakker', null, false, 'p-2')`);
});
afterEach(() => desk.close());

const BADGE = 'Ik heb een nieuwe toegangspas nodig voor Renee Ozdemr';

it('are known by a name with a slip of the pen', async () => {
  const [it] = await desk.cases(await desk.write(BADGE, { from: 'eva@example.org' }));
  expect(it).toMatchObject({ product: 'access-badge', values: { holder: 'Renée Özdemir (renee@example.org)' } });
});

it('are told to nobody whom the desk does not know', async () => {
  const conversation = await desk.write('de lamp in kamer 3.14 is kapot', { from: 'somebody@example.org' });
  await desk.look(`update people set verified = false where address = 'somebody@example.org'`);
  await desk.write(BADGE, { in: conversation, from: 'somebody@example.org' });
  expect((await desk.cases(conversation)).find(({ product }) => product === 'access-badge')?.values).toMatchObject({
    holder: 'Renee Ozdemr',
  });
});
