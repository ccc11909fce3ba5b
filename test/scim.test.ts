/** People and groups from the organisation's directory by SCIM, at a desk that runs. */
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from './setup/database.ts';
import { ChatClient } from './support/chat-client.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask, problemsOf } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const folder = mkdtempSync(join(tmpdir(), 'loket-scim-'));
const catalogue = join(folder, 'catalogue');
cpSync(join(import.meta.dirname, '../catalogue'), catalogue, { recursive: true });
appendFileSync(
  join(catalogue, 'organisation.yaml'),
  '\ndirectoryGroups:\n  - { group: beheer, role: admin }\n  - { group: gebouw, role: worker, teams: [facilities] }\n  - { group: oid-post, role: worker, teams: [logistics] }\n',
);
const database = await createDatabase();
const desk = new RunningDesk({ database, settings: { LOKET_CATALOGUE: catalogue } });
let secret: string;

beforeAll(async () => {
  await desk.start();
  secret = await token('people:write');
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function token(scopes: string): Promise<string> {
  return JSON.parse(await desk.command('token', 'create', 'directory', '--scopes', scopes, '--json')).secret;
}

async function scim(method: string, path: string, body?: unknown, bearer: string | null = secret) {
  const answer = await fetch(`${desk.url}/scim/v2${path}`, {
    method,
    headers: {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
}

const patch = (path: string, ...Operations: object[]) => scim('PATCH', path, { schemas: [PATCH], Operations });
const find = (what: 'Users' | 'Groups', filter: string) => scim('GET', `/${what}?filter=${encodeURIComponent(filter)}`);

let made = 0;
/** A user as Entra sends one. */
const newUser = (more: object = {}) => {
  made += 1;
  return {
    schemas: [USER, ENTERPRISE],
    externalId: `oid-${made}`,
    userName: `fleur${made}@example.org`,
    active: true,
    displayName: `Fleur de Wit ${made}`,
    emails: [{ primary: true, type: 'work', value: `fleur${made}@example.org` }],
    name: { formatted: `Fleur de Wit ${made}`, familyName: 'de Wit', givenName: 'Fleur' },
    title: 'Adviseur',
    [ENTERPRISE]: { department: 'Burgerzaken' },
    ...more,
  };
};

async function create(more: object = {}): Promise<string> {
  const { status, body } = await scim('POST', '/Users', newUser(more));
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

const person = async (id: string) => {
  const [row] = await ask<Record<string, unknown>>(database.ownerUrl, 'select * from people where id = $1', [id]);
  return row;
};

describe('a user', () => {
  it('is somebody whom the desk knows from then on, and is read as it was sent', async () => {
    const sent = newUser({ phoneNumbers: [{ type: 'mobile', value: '06 12345678' }], preferredLanguage: 'en-GB' });
    const { status, headers, body } = await scim('POST', '/Users', sent);
    expect(status).toBe(201);
    expect(headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    expect(headers.get('location')).toBe(`${desk.url}/scim/v2/Users/${body.id}`);
    const { title: _, ...kept } = sent;
    expect(body).toMatchObject({ ...kept, groups: [], meta: { resourceType: 'User', location: headers.get('location') } });
    expect((await scim('GET', `/Users/${body.id}`)).body).toEqual(body);
    expect(await person(body.id)).toMatchObject({
      name: sent.displayName,
      address: sent.userName,
      verified: true,
      directory_id: sent.externalId,
      department: 'Burgerzaken',
      phone: '06 12345678',
      language: 'en',
      role: null,
      active: true,
    });
  });

  it('is found by user name, external id and address, without regard to case, and page by page', async () => {
    const id = await create();
    const { body: user } = await scim('GET', `/Users/${id}`);
    for (const filter of [
      `userName eq "${user.userName.toUpperCase()}"`,
      `externalId eq "${user.externalId}"`,
      `emails[type eq "work"].value eq "${user.userName}"`,
      `id eq "${id}" and active eq true`,
    ])
      expect((await find('Users', filter)).body, filter).toMatchObject({
        totalResults: 1,
        startIndex: 1,
        itemsPerPage: 1,
        Resources: [{ id }],
      });
    expect((await find('Users', 'userName eq "nobody"')).body).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
    expect((await find('Users', 'userName sw "a"')).body).toMatchObject({ status: '400', scimType: 'invalidFilter' });
    const { totalResults } = (await scim('GET', '/Users?count=0')).body;
    const pages = await Promise.all(
      Array.from({ length: totalResults }, async (_, i) => (await scim('GET', `/Users?startIndex=${i + 1}&count=1`)).body.Resources[0].id),
    );
    expect(new Set(pages).size).toBe(totalResults);
    expect((await scim('GET', `/Users/${id}?attributes=userName`)).body).toEqual({ schemas: user.schemas, id, userName: user.userName });
    expect((await scim('GET', `/Users/${id}?excludedAttributes=name.givenName,groups`)).body).not.toHaveProperty('groups');
  });

  it('is not made twice, and not of what is another user', async () => {
    const first = newUser();
    expect((await scim('POST', '/Users', first)).status).toBe(201);
    for (const again of [
      first,
      newUser({ userName: first.userName.toUpperCase() }),
      newUser({ emails: first.emails }),
      newUser({ externalId: first.externalId }),
    ])
      expect(await scim('POST', '/Users', again)).toMatchObject({
        status: 409,
        body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], scimType: 'uniqueness', status: '409' },
      });
    const id = await create();
    expect((await patch(`/Users/${id}`, { op: 'Replace', path: 'userName', value: first.userName })).status).toBe(409);
    expect((await patch(`/Users/${id}`, { op: 'Replace', path: 'emails[type eq "work"].value', value: first.userName })).status).toBe(409);
    const same = newUser();
    const both = await Promise.all([scim('POST', '/Users', same), scim('POST', '/Users', same)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it("is changed as Entra does: capitals, texts for booleans, filters in paths, the extension's manager", async () => {
    const [manager, id] = [await create(), await create()];
    const { status, body } = await patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'nieuw@example.org' },
      { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '030 123' },
      { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'ICT' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: manager },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      emails: [{ value: 'nieuw@example.org', primary: true, type: 'work' }],
      [ENTERPRISE]: { department: 'ICT', manager: { value: manager } },
    });
    const managerIs = (await person(manager))?.directory_id;
    expect(await person(id)).toMatchObject({ address: 'nieuw@example.org', phone: '030 123', department: 'ICT', manager: managerIs });
    await patch(
      `/Users/${id}`,
      { op: 'Remove', path: `${ENTERPRISE}:manager` },
      { op: 'Replace', path: `${ENTERPRISE}:department`, value: '' },
    );
    expect(await person(id)).toMatchObject({ department: null, manager: null });
  });

  it('is replaced whole, as Okta does', async () => {
    const id = await create();
    const { body } = await scim('PUT', `/Users/${id}`, {
      schemas: [USER],
      userName: 'whole@example.org',
      displayName: 'Fleur Smit',
      active: true,
    });
    expect(body).toMatchObject({ id, userName: 'whole@example.org', displayName: 'Fleur Smit', active: true });
    expect(body).not.toHaveProperty('emails');
    expect(await person(id)).toMatchObject({ name: 'Fleur Smit', address: null, verified: false, department: null });
    expect((await scim('PUT', `/Users/${id}`, { displayName: 'x' })).body).toMatchObject({ scimType: 'invalidValue' });
  });

  it('that is not there is not there', async () => {
    for (const id of ['11111111-1111-7111-8111-111111111111', 'abc'])
      for (const answer of [
        await scim('GET', `/Users/${id}`),
        await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false }),
        await scim('DELETE', `/Users/${id}`),
      ])
        expect(answer).toMatchObject({ status: 404, body: { status: '404' } });
  });
});

describe('who the desk knows already', () => {
  it('is the same person by the directory id of a list, and keeps what the directory does not say', async () => {
    const sent = newUser({ [ENTERPRISE]: { department: 'ICT' } });
    const file = join(folder, 'people.csv');
    const known = await ask<{ directory_id: string; name: string }>(
      database.ownerUrl,
      'select directory_id, name from people where directory_id is not null and active',
    );
    writeFileSync(
      file,
      [
        'id,naam,e-mail,kamer',
        ...known.map((it) => `${it.directory_id},${it.name},,`),
        `${sent.externalId.toUpperCase()},F. de Wit,${sent.userName},2.10`,
      ].join('\n'),
    );
    await desk.command('organisation', 'import', 'people', file, '--force');
    const [listed] = await ask<{ id: string }>(database.ownerUrl, `select id from people where room = '2.10'`);
    const { body } = await scim('POST', '/Users', sent);
    expect(body.id).toBe(listed?.id);
    expect(await person(body.id)).toMatchObject({ name: sent.displayName, room: '2.10', department: 'ICT' });
  });

  it('is the same person by a proven address, unless the directory tells the two apart', async () => {
    const administrator = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    const worker = await newWorker(desk, administrator, 'noor@example.org', ['facilities']);
    const noor = newUser({ emails: [{ value: 'Noor@example.org' }], userName: 'noor' });
    const { body } = await scim('POST', '/Users', noor);
    expect(body.id).toBe(worker.id);
    expect(await person(body.id)).toMatchObject({ role: 'worker', teams: ['facilities'], directory_id: noor.externalId });
    expect((await scim('POST', '/Users', newUser({ emails: noor.emails }))).body.scimType).toBe('uniqueness');
  });

  it('comes back as who they were after they were removed', async () => {
    const sent = newUser();
    const { body } = await scim('POST', '/Users', sent);
    expect((await scim('DELETE', `/Users/${body.id}`)).status).toBe(204);
    expect((await scim('GET', `/Users/${body.id}`)).status).toBe(404);
    expect((await find('Users', `userName eq "${sent.userName}"`)).body.totalResults).toBe(0);
    expect(await person(body.id)).toMatchObject({ active: false });
    expect((await scim('POST', '/Users', sent)).body).toMatchObject({ id: body.id, active: true });
    expect(await person(body.id)).toMatchObject({ active: true });
  });
});

describe('a group', () => {
  const roleOf = async (id: string) => {
    const row = await person(id);
    return { role: row?.role, teams: row?.teams };
  };
  const newGroup = async (displayName: string, more: object = {}): Promise<string> => {
    const { status, body } = await scim('POST', '/Groups', { schemas: [GROUP], displayName, ...more });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  };

  it('gives its members role and teams at once, and takes them away', async () => {
    const [one, two] = [await create(), await create()];
    const building = await newGroup('gebouw', { externalId: 'oid-gebouw', members: [{ value: one }] });
    const post = await newGroup('Postkamer', { externalId: 'oid-post' });
    expect(await roleOf(one)).toEqual({ role: 'worker', teams: ['facilities'] });
    expect((await patch(`/Groups/${post}`, { op: 'Add', path: 'members', value: [{ value: one }, { value: two }] })).status).toBe(204);
    expect(await roleOf(one)).toEqual({ role: 'worker', teams: ['facilities', 'logistics'] });
    expect(await roleOf(two)).toEqual({ role: 'worker', teams: ['logistics'] });
    expect((await scim('GET', `/Users/${two}`)).body.groups).toMatchObject([{ value: post, display: 'Postkamer' }]);
    await patch(`/Groups/${post}`, { op: 'Remove', path: 'members', value: [{ value: one }] });
    await patch(`/Groups/${building}`, { op: 'Remove', path: `members[value eq "${one}"]` });
    expect(await roleOf(one)).toEqual({ role: null, teams: [] });
    expect((await scim('GET', `/Groups/${post}`)).body.members).toMatchObject([{ value: two }]);
    expect((await scim('GET', `/Groups/${post}?excludedAttributes=members`)).body).not.toHaveProperty('members');
    expect((await find('Groups', `id eq "${post}" and members eq "${two}"`)).body.totalResults).toBe(1);
    expect((await find('Groups', 'displayName eq "postkamer"')).body.Resources).toMatchObject([{ id: post, externalId: 'oid-post' }]);
    expect((await scim('DELETE', `/Groups/${post}`)).status).toBe(204);
    expect(await roleOf(two)).toEqual({ role: null, teams: [] });
    expect((await scim('GET', `/Groups/${post}`)).status).toBe(404);
  });

  it('that is nothing here gives nothing, until it is renamed to one that is', async () => {
    const one = await create();
    const group = await newGroup('Schaakclub', { members: [{ value: one }] });
    expect(await roleOf(one)).toEqual({ role: null, teams: [] });
    await patch(`/Groups/${group}`, { op: 'Replace', value: { id: group, displayName: 'beheer' } });
    expect(await roleOf(one)).toEqual({ role: 'admin', teams: [] });
    expect((await scim('PUT', `/Groups/${group}`, { displayName: 'Schaakclub', members: [] })).body).toMatchObject({ members: [] });
    expect(await roleOf(one)).toEqual({ role: null, teams: [] });
  });

  it('leaves alone who has a role that was given here', async () => {
    const administrator = await WorkbenchClient.signIn(() => desk.url, await link('beheer@example.org', 'admin'));
    const worker = await newWorker(desk, administrator, 'gerda@example.org', ['catering']);
    await scim('POST', '/Users', newUser({ emails: [{ value: 'gerda@example.org' }] }));
    const group = await newGroup('Tuinclub', { members: [{ value: worker.id }] });
    await scim('DELETE', `/Groups/${group}`);
    expect(await roleOf(worker.id)).toEqual({ role: 'worker', teams: ['catering'] });
  });

  it('with a member that is no user is refused whole', async () => {
    const one = await create();
    const group = await newGroup('Kantine');
    const answer = await patch(`/Groups/${group}`, {
      op: 'add',
      path: 'members',
      value: [{ value: one }, { value: '11111111-1111-7111-8111-111111111111' }],
    });
    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect((await scim('GET', `/Groups/${group}`)).body.members).toEqual([]);
    expect((await scim('POST', '/Groups', { displayName: 'x', members: [{ value: 'abc' }] })).status).toBe(400);
    expect((await find('Groups', 'displayName eq "x"')).body.totalResults).toBe(0);
  });
});

const link = async (address: string, role: string): Promise<string> => {
  return JSON.parse(await desk.command('sign-in', address, '--role', role, '--json')).url;
};

describe('who leaves', () => {
  it.each(['active is False', 'removed'] as const)('(%s) is signed out', async (how) => {
    const id = await create();
    const { userName } = (await scim('GET', `/Users/${id}`)).body;
    const colleague = await WorkbenchClient.signIn(() => desk.url, await link(userName, 'worker'));
    expect((await colleague.request('GET', '/me')).status).toBe(200);
    if (how === 'removed') await scim('DELETE', `/Users/${id}`);
    else await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    expect((await colleague.request('GET', '/me')).status).toBe(401);
    const [row] = await ask<{ n: number }>(
      database.ownerUrl,
      'select count(*)::int as n from sessions where person_id = $1 and revoked_at is null',
      [id],
    );
    expect(row?.n).toBe(0);
  });
});

describe('what who leaves had in hand', () => {
  it('goes back to its queue, claimed or waiting, and the queue gives it to the next', async () => {
    const administrator = await WorkbenchClient.signIn(() => desk.url, await link('baas@example.org', 'admin'));
    const leaver = await newWorker(desk, administrator, 'leaver@example.org', ['catering']);
    const stays = await newWorker(desk, administrator, 'stays@example.org', ['catering']);
    const { body } = await scim('POST', '/Users', newUser({ emails: [{ value: 'leaver@example.org' }] }));
    expect(body.id).toBe(leaver.id);
    for (const _ of ['claimed', 'waiting']) await (await ChatClient.start(() => desk.url)).say('de koffieautomaat op verdieping 2 is leeg');
    const had: string[] = [];
    await eventually(async () => {
      for (let next = await leaver.next('catering'); next; next = await leaver.next('catering')) had.push(next.id);
      expect(had).toHaveLength(2);
    });
    expect((await leaver.act(had[1] ?? '', { action: 'wait', reason: 'Bonen besteld' })).status).toBe(200);

    await patch(`/Users/${leaver.id}`, { op: 'Replace', path: 'active', value: 'False' });
    const again: string[] = [];
    await eventually(async () => {
      for (let next = await stays.next('catering'); next; next = await stays.next('catering')) again.push(next.id);
      expect(again.toSorted()).toEqual(had.toSorted());
    });
    // What was said of it may still be on its way.
    await eventually(async () => expect(await problemsOf(database.ownerUrl)).toEqual([]), 25_000);
  });
});

describe('what a provider asks first', () => {
  it('is answered: what there is, and which attributes', async () => {
    expect((await scim('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { maxResults: 200 },
    });
    expect((await scim('GET', '/ResourceTypes')).body).toMatchObject({
      totalResults: 2,
      Resources: [
        { id: 'User', endpoint: '/Users' },
        { id: 'Group', endpoint: '/Groups' },
      ],
    });
    expect((await scim('GET', '/ResourceTypes/User')).body.schema).toBe(USER);
    const { body } = await scim('GET', '/Schemas');
    expect(body.Resources.map((it: { id: string }) => it.id)).toEqual([USER, ENTERPRISE, GROUP]);
    expect((await scim('GET', `/Schemas/${ENTERPRISE}`)).body).toEqual(body.Resources[1]);
    expect((await scim('GET', '/Schemas/x')).status).toBe(404);
    expect((await scim('GET', '/Nothing')).body).toMatchObject({ status: '404' });
    expect((await scim('GET', '/Me')).status).toBe(501);
  });

  it('is for who carries a token for people, and every change is in the audit', async () => {
    expect(await scim('GET', '/Users', undefined, null)).toMatchObject({ status: 401, body: { status: '401' } });
    expect((await scim('GET', '/Users', undefined, `loket_${'x'.repeat(43)}`)).status).toBe(401);
    expect((await scim('POST', '/Users', newUser(), await token('people:read'))).status).toBe(403);
    const id = await create();
    await patch(`/Users/${id}`, { op: 'replace', path: 'displayName', value: 'F' });
    const log = await ask<{ method: string }>(
      database.ownerUrl,
      `select data ->> 'method' as method from audit where action = 'token-used' and data ->> 'path' like $1`,
      [`%${id}`],
    );
    expect(log).toEqual([{ method: 'PATCH' }]);
  });

  it('in no form that is understood is refused in the form of SCIM', async () => {
    for (const body of ['{', '[]', '"x"', '{"Operations":[]}'])
      expect((await scim('PATCH', '/Users/11111111-1111-7111-8111-111111111111', body)).body, body).toMatchObject({ status: '400' });
    // It is answered before it was read; a client that still writes may find the line closed instead.
    const large = await scim('POST', '/Users', `{"userName":"${'x'.repeat(6_000_000)}"}`).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(large);
    expect((await scim('GET', '/ServiceProviderConfig')).status).toBe(200);
    const form = await fetch(`${desk.url}/scim/v2/Users`, {
      method: 'POST',
      body: 'a=b',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/plain' },
    });
    expect(await form.json()).toMatchObject({ status: '415' });
  });
});
