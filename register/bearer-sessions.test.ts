import { afterAll, describe, expect, it } from 'vitest';
import { newId, newSecret, type PersonId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import { openForTest } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { bearers, people, signIn } = register;

const OID = '3b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b';
let met = 0;

function employee(): Promise<PersonId> {
  met += 1;
  return people.known({ channel: 'web', externalId: `e${met}`, name: `Employee ${met}`, address: `employee.${met}@example.org` }, newId());
}

async function worker(directoryId: string | null): Promise<PersonId> {
  const person = await employee();
  await ask('update people set role = $2, teams = $3, directory_id = $4 where id = $1', [person, 'worker', '{facilities}', directoryId]);
  return person;
}

describe('a bearer session', () => {
  it('says whose it is, and that is all it opens for somebody without a role', async () => {
    const person = await employee();
    const begun = await bearers.begin(person, OID);
    expect(begun).toMatchObject({ person: { id: person, name: `Employee ${met}`, verified: true }, colleague: null });
    expect(begun?.session).toMatch(new RegExp(`^loket\\.${person}\\.[\\w-]{20,}$`));
    expect(await bearers.person(begun?.session ?? '')).toMatchObject({ id: person });
    expect(await bearers.colleague(begun?.session ?? '')).toBeNull();
  });

  it('carries a role only for the directory id that the desk knows', async () => {
    for (const [known, said, expected] of [
      [OID, OID.toUpperCase(), true],
      [OID, '4b2c3d4e-5f60-4711-8a9b-0c1d2e3f4a5b', false],
      [OID, null, false],
      [null, OID, false],
    ] as const) {
      await ask('update people set directory_id = null');
      const person = await worker(known);
      const begun = await bearers.begin(person, said);
      expect(begun?.colleague !== null, `${known} ${said}`).toBe(expected);
      expect(await bearers.colleague(begun?.session ?? '')).toEqual(
        expected ? { id: person, name: `Employee ${met}`, role: 'worker', teams: ['facilities'] } : null,
      );
    }
  });

  it('keeps no role that is given after it began', async () => {
    await ask('update people set directory_id = null');
    const person = await employee();
    const before = await bearers.begin(person, OID);
    await signIn.invite({ address: `employee.${met}@example.org`, name: null, role: 'admin', team: null, by: null, directoryId: OID });
    expect(await bearers.colleague(before?.session ?? '')).toBeNull();
    expect((await bearers.begin(person, OID))?.colleague).toMatchObject({ id: person, role: 'admin' });
  });

  it('and a cookie’s session do not open each other’s doors', async () => {
    await ask('update people set directory_id = null');
    const person = await worker(OID);
    const bearer = (await bearers.begin(person, OID))?.session ?? '';
    const { token } = await signIn.invite({ address: `employee.${met}@example.org`, name: null, role: 'worker', team: null, by: null });
    const cookie = (await signIn.spend(token))?.session ?? '';
    expect(await signIn.colleague(cookie)).not.toBeNull();
    expect(await bearers.colleague(cookie)).toBeNull();
    expect(await bearers.person(cookie)).toBeNull();
    expect(await signIn.colleague(bearer)).toBeNull();
    expect(await bearers.colleague(bearer)).not.toBeNull();
  });

  it('ends after an hour, by signing out, and with the person', async () => {
    const person = await employee();
    const begin = async () => (await bearers.begin(person, null))?.session ?? '';
    const [timed, signedOut, left] = [await begin(), await begin(), await begin()];
    expect(
      await ask("select expires_at - created_at <= interval '61 minutes' from sessions where person_id = $1 limit 1", [person]),
    ).toEqual([[true]]);
    await signIn.signOut(signedOut);
    expect(await bearers.person(signedOut)).toBeNull();
    expect(await bearers.person(left)).not.toBeNull();
    await ask('update people set active = false where id = $1', [person]);
    expect(await bearers.person(left)).toBeNull();
    expect(await bearers.begin(person, null)).toBeNull();
    await ask('update people set active = true where id = $1', [person]);
    await ask(`update sessions set expires_at = now() - interval '1 second'`);
    expect(await bearers.person(timed)).toBeNull();
  });

  it('that nobody began opens nothing, and none stands in a table', async () => {
    for (const session of ['', `loket.${newId()}.${newSecret()}`, 'x'.repeat(10_000)]) expect(await bearers.person(session)).toBeNull();
    const begun = await bearers.begin(await employee(), null);
    const secret = begun?.session.split('.').at(-1) ?? 'none';
    expect(JSON.stringify(await ask('select to_jsonb(t) from sessions t'))).not.toContain(secret);
  });
});

describe('a directory id', () => {
  it('joins a visitor of Teams to the person that it is of, and is one person’s alone', async () => {
    await ask('update people set directory_id = null');
    const person = await worker(OID);
    const visitor = { channel: 'teams', externalId: OID, name: 'Somebody', address: null, directoryId: OID } as const;
    expect(await people.known(visitor, newId())).toBe(person);
    const other = { address: 'other@example.org', name: null, role: 'worker', team: null, by: null, directoryId: OID } as const;
    await expect(signIn.invite(other)).rejects.toThrow(`Employee ${met}`);
    expect(await ask(`select count(*) from people where address = 'other@example.org'`)).toEqual([[0]]);
  });
});
