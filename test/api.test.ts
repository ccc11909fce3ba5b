/** The API on the running desk, as another system uses it. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../queue/handlers/signature.ts';
import { createDatabase } from './setup/database.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const database = await createDatabase();
const desk = new RunningDesk({ database, settings: { LOKET_WEBHOOKS_INSIDE: '1' } });
const ALL = 'cases:read,cases:write,cases:settle,people:read,catalogue:read,webhooks';
let secret: string;

beforeAll(async () => {
  await desk.start();
  secret = (await create('portal', ALL)).secret;
}, 240_000);
afterAll(async () => {
  await desk.stop();
  await database.drop();
});

async function create(name: string, scopes: string): Promise<{ readonly id: string; readonly secret: string }> {
  return JSON.parse(await desk.command('token', 'create', name, '--scopes', scopes, '--json'));
}

interface Asked {
  readonly token?: string | null;
  readonly key?: string | null;
  readonly body?: unknown;
}

async function call(method: string, path: string, { token = secret, key = randomUUID(), body }: Asked = {}) {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  const [replayed, retryAfter] = [answer.headers.get('idempotency-replayed'), answer.headers.get('retry-after')];
  return { status: answer.status, type, replayed, retryAfter, body: JSON.parse(text) };
}

const LAMP = { requester: { name: 'Wim Janssen' }, text: 'De lamp in kamer 2.10 is kapot' };
const register = async (more: object = {}): Promise<string> => {
  const { status, body } = await call('POST', '/cases', { body: { ...LAMP, ...more } });
  expect(status).toBe(201);
  return body.reference;
};
const count = async (table: 'cases' | 'notes'): Promise<number> => {
  const [row] = await ask<{ n: number }>(database.ownerUrl, `select count(*)::integer as n from ${table}`, []);
  return row?.n ?? -1;
};

describe('a case by the API', () => {
  it('is registered by the same turn as every other, with the token in its history', async () => {
    const reference = await register();
    const { status, body } = await call('GET', `/cases/${reference}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ reference, state: 'queued', text: LAMP.text, values: { place: 'kamer 2.10' }, channel: 'desk' });
    expect((await call('GET', `/cases/${body.id}`)).body).toEqual(body);
    const rows = await ask(
      database.ownerUrl,
      `select e.data ->> 'means' as means, p.name from case_events e join people p on p.id = e.actor_id where e.case_id = $1 and e.name = 'opened'`,
      [body.id],
    );
    expect(rows).toEqual([{ means: 'api', name: 'portal' }]);
  });

  it('is listed page by page, newest first, by what is asked for', async () => {
    const made = [await register(), await register(), await register()];
    const first = await call('GET', '/cases?limit=2&state=queued');
    expect(first.body.cases.map((it: { reference: string }) => it.reference)).toEqual([made[2], made[1]]);
    const second = await call('GET', `/cases?limit=1&state=queued&after=${first.body.next}`);
    expect(second.body.cases[0].reference).toBe(made[0]);
    const team = first.body.cases[0].team;
    expect((await call('GET', `/cases?team=${team}&limit=1`)).body.cases).toHaveLength(1);
    expect((await call('GET', '/cases?team=nobody')).body).toEqual({ cases: [], next: null });
    expect((await call('GET', '/cases?changedSince=2100-01-01T00:00:00Z')).body.cases).toEqual([]);
    expect((await call('GET', '/cases?changedSince=2000-01-01T00:00:00Z&limit=1')).body.cases).toHaveLength(1);
  });

  it('gets a note, a word of its requester, and an outcome that is told', async () => {
    const reference = await register();
    expect((await call('POST', `/cases/${reference}/notes`, { body: { text: 'Storing 4411' } })).status).toBe(201);
    expect((await call('POST', `/cases/${reference}/messages`, { body: { text: 'Hij knippert nu ook' } })).status).toBe(201);
    expect((await call('POST', `/cases/${reference}/outcome`, { body: { outcome: 'ready', text: 'Vervangen.' } })).status).toBe(200);
    const { body } = await call('GET', `/cases/${reference}`);
    expect(body.state).toBe('ready');
    const said = await ask<{ text: string }>(
      database.ownerUrl,
      'select m.text from messages m join case_messages l on l.message_id = m.id where l.case_id = $1 order by m.seq',
      [body.id],
    );
    const texts = said.map(({ text }) => text).join('\n');
    expect(texts).toContain('Hij knippert nu ook');
    expect(texts).toContain('Vervangen.');
    expect(texts).not.toContain('Storing 4411');
    const again = await call('POST', `/cases/${reference}/outcome`, { body: { outcome: 'cancelled', text: 'Toch niet.' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'not-now' } });
  });

  it('is cancelled with a word', async () => {
    const reference = await register();
    expect((await call('POST', `/cases/${reference}/outcome`, { body: { outcome: 'cancelled', text: 'Dubbel.' } })).status).toBe(200);
    expect((await call('GET', `/cases/${reference}`)).body.state).toBe('withdrawn');
  });
});

describe('an Idempotency-Key', () => {
  it('does once what is asked twice, also at the same moment, and refuses another request', async () => {
    const key = randomUUID();
    const before = await count('cases');
    const both = await Promise.all([call('POST', '/cases', { key, body: LAMP }), call('POST', '/cases', { key, body: LAMP })]);
    expect(both.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    const again = await call('POST', '/cases', { key, body: LAMP });
    expect(again).toMatchObject({ status: 201, replayed: 'true', body: both.find(({ status }) => status === 201)?.body });
    expect(await count('cases')).toBe(before + 1);
    const other = await call('POST', '/cases', { key, body: { ...LAMP, text: 'De lift piept' } });
    expect(other).toMatchObject({ status: 422, type: 'application/problem+json; charset=utf-8', body: { code: 'key-reused' } });
    expect((await call('POST', '/cases', { key: null, body: LAMP })).body.code).toBe('key-missing');
  });

  it('may be used again for what was refused', async () => {
    const key = randomUUID();
    const unknown = { ...LAMP, requester: { id: randomUUID() } };
    expect((await call('POST', '/cases', { key, body: unknown })).body.code).toBe('unknown-person');
    expect((await call('POST', '/cases', { key, body: LAMP })).status).toBe(201);
  });
});

describe('a token', () => {
  it('does what its scopes say and no more, until it is withdrawn', async () => {
    const { id, secret: token } = await create('reader', 'catalogue:read');
    expect((await call('GET', '/products', { token })).status).toBe(200);
    expect(await call('GET', '/cases', { token })).toMatchObject({ status: 403, body: { code: 'scope-missing' } });
    expect((await call('POST', '/cases', { token, body: LAMP })).status).toBe(403);
    await desk.command('token', 'revoke', id);
    expect(await call('GET', '/products', { token })).toMatchObject({ status: 401, body: { code: 'bad-token' } });
    expect((await call('GET', '/products', { token: null })).body.code).toBe('no-token');
    expect(await desk.command('token', 'list')).toContain('withdrawn');
    const audit = await ask(database.ownerUrl, 'select action from audit where subject = $1 order by id', [id]);
    expect(audit).toEqual([{ action: 'token-created' }, { action: 'token-revoked' }]);
  });

  it('may be used so often a minute, by whichever process', async () => {
    const { id, secret: token } = await create('busy', 'catalogue:read');
    const counted = (calls: number, seconds: number) =>
      ask(
        database.ownerUrl,
        `update api_tokens set calls = $2, counting_since = now() - make_interval(secs => $3) where id = $1 returning calls`,
        [id, calls, seconds],
      );
    // As another process counted.
    await counted(599, 20);
    expect((await call('GET', '/products', { token })).status).toBe(200);
    const { status, body, retryAfter } = await call('GET', '/products', { token });
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'too-many' });
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(40);
    await counted(900, 61);
    expect((await call('GET', '/products', { token })).status).toBe(200);
    expect((await call('GET', '/products')).status).toBe(200);
  });

  it('is stored as a hash alone, and its writing is in the audit', async () => {
    const [row] = await ask<{ kept: string }>(
      database.ownerUrl,
      `select row_to_json(t)::text as kept from api_tokens t where name = 'portal'`,
      [],
    );
    expect(row?.kept).not.toContain(secret.slice(6));
    const used = await ask(database.ownerUrl, `select data ->> 'path' as path from audit where action = 'token-used' limit 1`, []);
    expect(used).toEqual([{ path: '/api/v1/cases' }]);
  });

  it('sees a restricted case only when a scope names its product, and that is written down', async () => {
    const [product] = (await call('GET', '/products')).body.products.filter((it: { restricted: boolean }) => it.restricted);
    const reference = await register({ product: product.id, text: 'Hier wil ik iets over kwijt' });
    expect((await call('GET', `/cases/${reference}`)).status).toBe(404);
    expect((await call('POST', `/cases/${reference}/notes`, { body: { text: 'zie hier' } })).status).toBe(404);
    const listed = await call('GET', `/cases?product=${product.id}`);
    expect(listed.body.cases).toEqual([]);
    const named = await create('care', `cases:read,restricted:${product.id}`);
    expect((await call('GET', `/cases/${reference}`, { token: named.secret })).status).toBe(200);
    const read = await ask(
      database.ownerUrl,
      `select data ->> 'reference' as reference from audit where action = 'restricted-read' and actor_id = $1`,
      [named.id],
    );
    expect(read).toEqual([{ reference }]);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['no text', { requester: { name: 'Wim' }, text: '  ' }],
    ['nobody', { requester: {}, text: 'x' }],
    ['a text that is too long', { ...LAMP, text: 'x'.repeat(8_001) }],
    ['an unknown product', { ...LAMP, product: 'no-such' }],
    ['another shape', []],
  ])('is refused with what is wrong: %s', async (_, body) => {
    const before = await count('cases');
    expect(await call('POST', '/cases', { body })).toMatchObject({ status: 422, type: 'application/problem+json; charset=utf-8' });
    expect(await count('cases')).toBe(before);
  });

  it('is a problem too where it is no JSON, and where there is nothing', async () => {
    const answer = await fetch(`${desk.url}/api/v1/cases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'idempotency-key': 'k', 'content-type': 'application/json' },
      body: '{"text": ',
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect((await call('GET', '/cases/nothing')).body.code).toBe('not-found');
    expect((await call('GET', '/products/nothing')).body.code).toBe('not-found');
    expect((await call('GET', `/people/${randomUUID()}`)).body.code).toBe('not-found');
  });
});

describe('a webhook', () => {
  interface Delivery {
    readonly id: string;
    readonly event: string;
    readonly state: string;
    readonly attempts: number;
    readonly answer: string | null;
  }
  const taken: { readonly headers: Record<string, string | string[] | undefined>; readonly body: string }[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      taken.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const log = async (id: string): Promise<Delivery[]> => (await call('GET', `/webhooks/${id}/deliveries`)).body.deliveries;

  it('tells what was subscribed to, signed, again after a failure and again when asked, until it is ended', async () => {
    const made = await call('POST', '/webhooks', { body: { url, events: ['case.registered', 'case.ready'] } });
    expect(made.status).toBe(201);
    const { id, secret: signedWith } = made.body;
    expect((await call('GET', '/webhooks')).body.webhooks).toMatchObject([{ id, url, active: true }]);
    expect(JSON.stringify((await call('GET', '/webhooks')).body)).not.toContain(signedWith);
    answers.push(503);
    const reference = await register();
    await eventually(async () =>
      expect((await log(id))[0]).toMatchObject({ event: 'case.registered', attempts: 1, answer: '503 Service Unavailable' }),
    );
    // Its next moment is brought nearer than people would wait.
    await ask(database.ownerUrl, 'update webhook_deliveries set due_at = now()', []);
    await eventually(async () => expect((await log(id))[0]).toMatchObject({ state: 'delivered', attempts: 2 }));
    const [first, second] = taken;
    expect(first?.body).toBe(second?.body);
    expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
    expect(verify(signedWith, second?.headers ?? {}, second?.body ?? '', new Date()).kind).toBe('genuine');
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ type: 'case.registered', data: { reference } });
    expect(first?.body).not.toContain('lamp');

    const [delivery] = await log(id);
    expect((await call('POST', `/webhooks/${id}/deliveries/${delivery?.id}/replay`)).status).toBe(200);
    await eventually(() => expect(taken).toHaveLength(3));
    expect(taken[2]?.headers['webhook-id']).toBe(first?.headers['webhook-id']);

    await call('POST', `/cases/${reference}/outcome`, { body: { outcome: 'ready', text: 'Vervangen.' } });
    await eventually(() => expect(taken.map(({ body }) => JSON.parse(body).type)).toContain('case.ready'));
    expect((await log(id)).map(({ event }) => event)).toEqual(['case.ready', 'case.registered']);
    expect((await call('DELETE', `/webhooks/${id}`)).status).toBe(200);
    expect((await call('GET', `/webhooks/${id}/deliveries`)).status).toBe(404);
  });

  it('is switched off, with the reason, when it fails for days, and goes on when somebody says so', async () => {
    const { body } = await call('POST', '/webhooks', { body: { url, events: ['case.registered'] } });
    await ask(database.ownerUrl, `update webhook_subscriptions set failing_since = now() - interval '4 days' where id = $1`, [body.id]);
    answers.push(500);
    await register();
    await eventually(async () =>
      expect((await call('GET', '/webhooks')).body.webhooks).toMatchObject([{ active: false, offBecause: '500 Internal Server Error' }]),
    );
    expect(await ask(database.ownerUrl, `select subject from audit where action = 'webhook-switched-off'`, [])).toEqual([
      { subject: body.id },
    ]);
    expect((await call('POST', `/webhooks/${body.id}/resume`)).status).toBe(200);
    expect((await call('GET', '/webhooks')).body.webhooks).toMatchObject([{ active: true, offBecause: null, failingSince: null }]);
    await call('DELETE', `/webhooks/${body.id}`);
  });
});

describe('an administrator', () => {
  it('makes and withdraws tokens, and sees what webhooks were told; a worker does not', async () => {
    const admin = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
    const request = { name: 'telephony', scopes: ['cases:write'], days: 30 };
    const made = JSON.parse(await (await admin.request('POST', '/tokens', request)).text());
    expect((await call('POST', '/cases', { token: made.secret, body: LAMP })).status).toBe(201);
    expect((await admin.request('POST', '/tokens', { ...request, scopes: ['everything'] })).status).toBe(422);
    const revoked = await admin.request('POST', `/tokens/${made.token.id}/revoke`, {});
    expect(await revoked.text()).not.toContain(made.secret);
    expect((await call('POST', '/cases', { token: made.secret, body: LAMP })).status).toBe(401);
    const audit = await ask(
      database.ownerUrl,
      `select actor_id as by from audit where subject = $1 and action like 'token-%e%' and action <> 'token-used'`,
      [made.token.id],
    );
    expect(audit).toEqual([{ by: admin.id }, { by: admin.id }]);

    const hook = JSON.parse(
      await (await admin.request('POST', '/webhooks', { url: 'http://127.0.0.1:1/', events: ['case.registered'] })).text(),
    );
    await register();
    await eventually(async () => {
      const log = JSON.parse(await (await admin.request('GET', `/webhooks/${hook.webhook.id}/deliveries`)).text());
      expect(log.deliveries).toMatchObject([
        { event: 'case.registered', state: 'pending', answer: expect.stringContaining('ECONNREFUSED') },
      ]);
    });
    expect((await admin.request('POST', `/webhooks/${hook.webhook.id}/remove`, {})).status).toBe(200);

    const worker = await newWorker(desk, admin, 'worker@example.org', ['facilities']);
    for (const path of ['/tokens', '/webhooks']) expect((await worker.request('GET', path)).status).toBe(403);
  });
});

describe('the document', () => {
  it('describes every call, and its page loads no script but its own', async () => {
    const { body } = await call('GET', '/openapi.json', { token: null });
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/v1/cases', '/api/v1/cases/{case}/outcome', '/api/v1/products/{product}', '/api/v1/people']),
    );
    expect(body.paths['/api/v1/cases'].post.requestBody.content['application/json'].schema.required).toEqual(['requester', 'text']);
    const page = await fetch(`${desk.url}/api/v1/docs/`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(html.match(/<script(?![^>]*\bsrc=)/g)).toBeNull();
  });
});
