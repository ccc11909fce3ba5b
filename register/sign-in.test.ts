import { afterAll, describe, expect, it } from 'vitest';
import { newId, newSecret, type PersonId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import { openForTest } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { signIn } = register;

let invited = 0;
function invitation(given: Partial<Parameters<typeof signIn.invite>[0]> = {}) {
  invited += 1;
  return { address: `colleague.${invited}@example.org`, name: null, role: 'worker' as const, team: null, by: null, ...given };
}

describe('a sign-in link', () => {
  it('works once, when twenty press it at the same moment', async () => {
    const { token } = await signIn.invite(invitation());
    const spent = await Promise.all(Array.from({ length: 20 }, () => signIn.spend(token)));
    expect(spent.filter(Boolean)).toHaveLength(1);
    expect(await signIn.spend(token)).toBeNull();
    expect(await signIn.peek(token)).toBeNull();
    expect(await ask('select count(*) from sessions')).toEqual([[1]]);
  });

  it('may be looked at without being spent', async () => {
    const { token } = await signIn.invite(invitation({ name: 'Anna Bakker', role: 'admin', team: 'facilities' }));
    const seen = await signIn.peek(token);
    expect(seen).toMatchObject({ name: 'Anna Bakker', role: 'admin', teams: ['facilities'] });
    expect(await signIn.peek(token)).toEqual(seen);
    expect((await signIn.spend(token))?.colleague).toEqual(seen);
  });

  it('is past after fifteen minutes', async () => {
    const { token, expiresAt } = await signIn.invite(invitation());
    const between = `expires_at - created_at between interval '14 minutes' and interval '16 minutes'`;
    expect(await ask(`select ${between} from sign_in_links where expires_at = $1`, [expiresAt])).toEqual([[true]]);
    await ask(`update sign_in_links set expires_at = now() - interval '1 second'`);
    expect(await signIn.peek(token)).toBeNull();
    expect(await signIn.spend(token)).toBeNull();
  });

  it('that nobody made opens nothing', async () => {
    for (const token of [newSecret(), '', 'x'.repeat(10_000), "' or true --"]) {
      expect(await signIn.peek(token)).toBeNull();
      expect(await signIn.spend(token)).toBeNull();
    }
  });

  it('opens nothing for somebody without a role', async () => {
    const it = invitation();
    const { token } = await signIn.invite(it);
    await ask('update people set role = null where address = $1', [it.address]);
    expect(await signIn.peek(token)).toBeNull();
    expect(await signIn.spend(token)).toBeNull();
  });

  it('stands in no table, and neither does the session', async () => {
    const { token } = await signIn.invite(invitation());
    const spent = await signIn.spend(token);
    const tables = ['sign_in_links', 'sessions', 'audit', 'people'];
    for (const table of tables) {
      const written = JSON.stringify(await ask(`select to_jsonb(t) from ${table} t`));
      for (const secret of [token, spent?.session ?? '']) {
        expect(written).not.toContain(secret);
        expect(written).not.toContain(Buffer.from(secret).toString('hex'));
        expect(written).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
      }
    }
  });

  it('and its use are in the audit', async () => {
    const administrator = newId<PersonId>();
    const it = invitation({ by: administrator, team: 'catering' });
    const { token } = await signIn.invite(it);
    const spent = await signIn.spend(token);
    const person = spent?.colleague.id;
    expect(await ask('select actor_id, action, data from audit where subject = $1 order by id', [person])).toEqual([
      [administrator, 'invited', { role: 'worker', team: 'catering' }],
      [person, 'signed-in', {}],
    ]);
  });
});

describe('a session', () => {
  const begun = async (given: Parameters<typeof invitation>[0] = {}) => {
    const spent = await signIn.spend((await signIn.invite(invitation(given))).token);
    if (!spent) throw new Error('the link was not taken');
    return spent;
  };

  it('is its colleague, until signed out, and the other sessions go on', async () => {
    const [one, other] = [await begun(), await begun()];
    expect(await signIn.colleague(one.session)).toEqual(one.colleague);
    await signIn.signOut(one.session);
    await signIn.signOut(one.session);
    expect(await signIn.colleague(one.session)).toBeNull();
    expect(await signIn.colleague(other.session)).toEqual(other.colleague);
    expect(await signIn.colleague(newSecret())).toBeNull();
  });

  it('ends with its time', async () => {
    const { session, expiresAt } = await begun();
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
    await ask(`update sessions set expires_at = now() - interval '1 second'`);
    expect(await signIn.colleague(session)).toBeNull();
  });

  it('ends with the role, and follows a change of role and teams', async () => {
    const { session, colleague } = await begun({ team: 'facilities' });
    await ask(`update people set role = 'admin', teams = '{catering}' where id = $1`, [colleague.id]);
    expect(await signIn.colleague(session)).toMatchObject({ role: 'admin', teams: ['catering'] });
    await ask('update people set role = null where id = $1', [colleague.id]);
    expect(await signIn.colleague(session)).toBeNull();
  });
});

describe('an invitation', () => {
  const invitedAs = async (it: Parameters<typeof signIn.invite>[0]) => await signIn.peek((await signIn.invite(it)).token);

  it('adds a team to those that somebody has', async () => {
    const it = invitation({ team: 'facilities' });
    await signIn.invite(it);
    await signIn.invite({ ...it, team: 'catering' });
    await signIn.invite({ ...it, team: 'facilities' });
    expect((await invitedAs({ ...it, team: null }))?.teams.toSorted()).toEqual(['catering', 'facilities']);
  });

  it('is for the person with that verified address, however it is written', async () => {
    const sanne = { channel: 'web' as const, externalId: 'sanne', name: 'Sanne de Vries', address: 'sanne.d@example.org' };
    const person = await register.people.known(sanne, newId<PersonId>());
    expect(await invitedAs(invitation({ address: 'Sanne.D@Example.org' }))).toMatchObject({ id: person, name: 'Sanne de Vries' });
    expect(await invitedAs(invitation({ address: 'sanne.d@example.org', name: 'Sanne Smit' }))).toMatchObject({
      id: person,
      name: 'Sanne Smit',
    });
  });

  it('for twenty at once makes one person', async () => {
    const it = invitation();
    const all = await Promise.all(Array.from({ length: 20 }, () => invitedAs(it)));
    expect(new Set(all.map((colleague) => colleague?.id)).size).toBe(1);
  });

  it.each([
    ['sanne.de.vries@example.org', 'Sanne de Vries'],
    ['jan_van-der.berg@example.org', 'Jan van der Berg'],
    ['anna@example.org', 'Anna'],
    ['van.dam@example.org', 'Van Dam'],
    ['...@example.org', '...@example.org'],
  ])('calls %s %s', async (address, name) => {
    expect(await invitedAs(invitation({ address }))).toMatchObject({ name });
  });

  it('of an administrator is known', async () => {
    await ask('update people set role = null');
    expect(await signIn.hasAdministrator()).toBe(false);
    await signIn.invite(invitation());
    expect(await signIn.hasAdministrator()).toBe(false);
    const { token } = await signIn.invite(invitation({ role: 'admin' }));
    // A link that nobody used lets nobody in: the next start must offer one again.
    expect(await signIn.hasAdministrator()).toBe(false);
    await signIn.spend(token);
    expect(await signIn.hasAdministrator()).toBe(true);
  });
});
