/** Files from one end to the other: a visitor's photo reaches the colleague, the colleague's plan the visitor, and nobody else gets either. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase } from './setup/database.ts';
import { clamav, findProgram } from './setup/parts.ts';
import { expectError } from './support/chat-checks.ts';
import { ChatClient } from './support/chat-client.ts';
import { ClamdServer, INFECTED } from './support/clamd-server.ts';
import { newWorker } from './support/desk-template.ts';
import { eventually } from './support/eventually.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';
import { S3Server } from './support/s3-server.ts';
import { WorkbenchClient } from './support/workbench-client.ts';

const hasClamav = findProgram(clamav) !== null;
const PNG = Buffer.from('\x89PNG\r\n\x1A\n\0\0\0\rIHDR a picture', 'latin1');
const QUESTION = 'de koffieautomaat op de derde verdieping is kapot';
const attached = z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number(), state: z.string() });
const withFiles = z.object({ text: z.string(), attachments: z.array(attached).optional() });

type Body = Uint8Array<ArrayBuffer> | string | ReadableStream<Uint8Array>;

const database = await createDatabase();
const s3 = new S3Server();
const clamd = hasClamav ? new ClamdServer() : null;
const data = mkdtempSync(join(tmpdir(), 'loket-attachments-'));
let desk: RunningDesk;
let administrator: WorkbenchClient;
let team: string;
const base = () => desk.url;

beforeAll(async () => {
  await s3.start();
  await clamd?.start();
  const store = {
    S3_URL: s3.url,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
  desk = new RunningDesk({
    database,
    settings: { ...store, LOKET_FILE_MAX_MB: '1', ...(clamd ? { CLAMD_URL: `unix://${clamd.path}` } : {}) },
  });
  await desk.start();
  administrator = await WorkbenchClient.signIn(base, desk.administratorLink ?? '');
}, 180_000);
afterAll(async () => {
  await desk.stop();
  await clamd?.remove();
  await s3.stop();
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});

const bearer = (chat: ChatClient) => ({ authorization: `Bearer ${chat.secret}` });
const filesOf = (chat: ChatClient) => `${base()}/chat/conversations/${chat.conversation}/attachments`;

function upload(chat: ChatClient, content: Body, name = 'lek.png', type = 'image/png'): Promise<Response> {
  const headers = { ...bearer(chat), 'x-file-name': encodeURIComponent(name), 'content-type': type };
  return fetch(filesOf(chat), { method: 'POST', headers, body: content, ...(content instanceof ReadableStream ? { duplex: 'half' } : {}) });
}

async function uploaded(...args: Parameters<typeof upload>): Promise<z.infer<typeof attached>> {
  const answer = await upload(...args);
  expect(answer.status).toBe(201);
  return attached.parse(await answer.json());
}

const send = (chat: ChatClient, text: string, attachments: readonly string[]) =>
  chat.raw(JSON.stringify({ id: randomUUID(), text, attachments }));
const content = (chat: ChatClient, id: string) => fetch(`${filesOf(chat)}/${id}`, { headers: bearer(chat) });

/** A visitor who reported something with a photo, and the worker of its team. */
async function reported() {
  const chat = await ChatClient.start(base);
  const photo = await uploaded(chat, PNG);
  expect((await send(chat, QUESTION, [photo.id])).status).toBe(200);
  const [it] = await ask<{ id: string; team: string }>(database.ownerUrl, 'select id, team from cases where conversation_id = $1', [
    chat.conversation,
  ]);
  if (!it) throw new Error('there is no case');
  const { id } = it;
  team = it.team;
  const worker = await newWorker(desk, administrator, `${randomUUID()}@example.org`, [team]);
  return { chat, photo, id, worker };
}

const caseFile = (worker: WorkbenchClient, id: string, file: string) => worker.request('GET', `/cases/${id}/attachments/${file}`);
const add = (worker: WorkbenchClient, id: string, body: Body, name: string) =>
  fetch(`${base()}/api/workbench/cases/${id}/attachments`, {
    method: 'POST',
    headers: { 'x-loket': '1', 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name), cookie: worker.cookie },
    body,
  });

describe('a photo of a visitor', () => {
  it('stands in his conversation and in the case; others get nothing', async () => {
    const { chat, photo, id, worker } = await reported();
    expect(photo).toMatchObject({ name: 'lek.png', type: 'image/png', size: PNG.byteLength, state: hasClamav ? 'clean' : 'unchecked' });
    const timeline = await fetch(`${base()}${chat.path}`, { headers: bearer(chat) });
    const { messages } = z.object({ messages: z.array(withFiles) }).parse(await timeline.json());
    expect(messages.map((it) => it.attachments)).toEqual([[photo], ...messages.slice(1).map(() => undefined)]);

    const own = await content(chat, photo.id);
    expect(Buffer.from(await own.arrayBuffer())).toEqual(PNG);
    expect(own.headers.get('content-disposition')).toMatch(/^inline; filename="lek.png"/);
    expect(own.headers.get('content-security-policy')).toContain('sandbox');
    expect(own.headers.get('x-content-type-options')).toBe('nosniff');

    const theirs = await caseFile(worker, id, photo.id);
    expect(Buffer.from(await theirs.arrayBuffer())).toEqual(PNG);
    expect(theirs.headers.get('content-security-policy')).toContain('sandbox');

    await expectError(await content(await ChatClient.start(base), photo.id), 404, 'unknown-file');
    const stranger = await newWorker(desk, administrator, `${randomUUID()}@example.org`, [team === 'ict' ? 'facilities' : 'ict']);
    expect((await caseFile(stranger, id, photo.id)).status).toBe(404);
    expect((await fetch(`${base()}/api/workbench/cases/${id}/attachments/${photo.id}`)).status).toBe(401);
    expect((await fetch(`${filesOf(chat)}/${photo.id}`)).status).toBe(401);
    const other = await reported();
    expect((await caseFile(worker, other.id, photo.id)).status).toBe(404);
  });

  it('alone is asked about, and added to the case once there is one', async () => {
    const { chat, id, worker } = await reported();
    const more = await uploaded(chat, PNG, 'dichtbij.png');
    const answer = await send(chat, '', [more.id]);
    expect(JSON.stringify(await answer.json())).toContain('Toegevoegd aan');
    expect((await caseFile(worker, id, more.id)).status).toBe(200);
  });

  it('is the answer to what the product asks as a file, or was so before it was asked', async () => {
    const valuesOf = async (chat: ChatClient) =>
      await ask<{ values: unknown }>(database.ownerUrl, 'select "values" from cases where conversation_id = $1', [chat.conversation]);
    const asked = await ChatClient.start(base);
    expect(JSON.stringify(await asked.say('ik wil de bonnetjes van mijn dienstreis declareren'))).toContain(
      'Heb je de bonnen bij de hand?',
    );
    const receipts = [await uploaded(asked, PNG, 'trein.png'), await uploaded(asked, PNG, 'taxi.png')];
    await send(
      asked,
      '',
      receipts.map(({ id }) => id),
    );
    expect(await valuesOf(asked)).toEqual([{ values: { receipts: 'trein.png, taxi.png' } }]);

    const first = await ChatClient.start(base);
    const photo = await uploaded(first, PNG, 'deur.png');
    await send(first, 'de deur van kamer 3.14 klemt', [photo.id]);
    expect(await valuesOf(first)).toEqual([{ values: expect.objectContaining({ photo: 'deur.png' }) }]);
    const [it] = await ask<{ id: string; team: string }>(database.ownerUrl, 'select id, team from cases where conversation_id = $1', [
      first.conversation,
    ]);
    const worker = await newWorker(desk, administrator, `${randomUUID()}@example.org`, [it?.team ?? '']);
    const page = await worker.request('GET', `/cases/${it?.id}`);
    expect(await page.json()).toMatchObject({ fields: expect.arrayContaining([expect.objectContaining({ value: 'deur.png' })]) });
  });

  it('of somebody else is refused in a message, and the message with it', async () => {
    const [mine, theirs] = [await ChatClient.start(base), await ChatClient.start(base)];
    const photo = await uploaded(theirs, PNG);
    await expectError(await send(mine, QUESTION, [photo.id]), 422, 'file-gone');
    await expectError(await send(mine, QUESTION, [randomUUID()]), 422, 'file-gone');
    expect(await mine.timeline()).toEqual([]);
  });

  it('named again when the same message is sent again is one message', async () => {
    const chat = await ChatClient.start(base);
    const photo = await uploaded(chat, PNG);
    const body = JSON.stringify({ id: randomUUID(), text: QUESTION, attachments: [photo.id] });
    for (let i = 0; i < 2; i++) expect((await chat.raw(body)).status).toBe(200);
    expect((await chat.timeline()).filter((it) => it.from === 'visitor')).toHaveLength(1);
  });
});

describe('a file that is not taken', () => {
  it('says why in a sentence, and the conversation goes on', async () => {
    const chat = await ChatClient.start(base);
    await expectError(await upload(chat, Buffer.alloc(0), 'leeg.txt', 'text/plain'), 422, 'file-empty');
    await expectError(await upload(chat, Buffer.from('x'), 'factuur.pdf.exe', 'application/pdf'), 422, 'file-refused');
    const large = await upload(chat, Buffer.alloc(1_100_000), 'groot.bin');
    expect(await large.json()).toMatchObject({ error: { code: 'file-too-large', message: 'Dit bestand is te groot: maximaal 1 MB.' } });
    expect(large.status).toBe(413);
    expect((await chat.say('hoi')).length).toBeGreaterThan(0);
  });

  it('of unknown length is cut off at the limit', async () => {
    const chat = await ChatClient.start(base);
    let left = 64;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (left-- > 0) controller.enqueue(new Uint8Array(64 * 1024));
        else controller.close();
      },
    });
    await expectError(await upload(chat, stream, 'groot.bin'), 413, 'file-too-large');
    expect(await ask(database.ownerUrl, 'select 1 from attachments where conversation_id = $1', [chat.conversation])).toEqual([]);
  });

  it('because the store is away: the message still goes', async () => {
    const chat = await ChatClient.start(base);
    s3.failing = 503;
    try {
      await expectError(await upload(chat, PNG), 503, 'storage-away');
    } finally {
      s3.failing = null;
    }
    expect((await chat.say(QUESTION)).length).toBeGreaterThan(1);
    expect((await upload(chat, PNG)).status).toBe(201);
  });

  it('when too many wait to be sent', async () => {
    const chat = await ChatClient.start(base);
    for (let i = 0; i < 20; i++) await uploaded(chat, PNG);
    await expectError(await upload(chat, PNG), 422, 'too-many-files');
  });
});

describe('what a browser might run', () => {
  it.each([
    ['<script>alert(1)</script>', 'x.html', 'text/html'],
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'x.svg', 'image/svg+xml'],
    ['<svg onload="alert(1)"/>', 'x.png', 'image/png'],
  ])('%s is given to be kept, as nothing in particular', async (text, name, type) => {
    const chat = await ChatClient.start(base);
    const { id } = await uploaded(chat, Buffer.from(text), name, type);
    const { headers } = await content(chat, id);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; /);
  });
});

describe('a file of a colleague', () => {
  it('goes to the requester with a reply; with a note it stays inside', async () => {
    const { chat, id, worker } = await reported();
    await worker.act(id, { action: 'claim' });
    const plan = attached.parse(await (await add(worker, id, PNG, 'plattegrond.png')).json());
    const inside = attached.parse(await (await add(worker, id, PNG, 'intern.png')).json());
    await expectError(await content(chat, plan.id), 404, 'unknown-file');
    expect((await worker.act(id, { action: 'reply', text: 'Zie de plattegrond', attachments: [plan.id] })).status).toBe(200);
    const noted = await worker.act(id, { action: 'note', text: 'let op', attachments: [inside.id] });
    const detail = z.object({ messages: z.array(withFiles), notes: z.array(withFiles) }).parse(await noted.json());
    expect(detail.messages.at(-1)?.attachments).toEqual([plan]);
    expect(detail.notes.at(-1)?.attachments).toEqual([inside]);
    expect((await content(chat, plan.id)).status).toBe(200);
    await expectError(await content(chat, inside.id), 404, 'unknown-file');
    expect((await caseFile(worker, id, inside.id)).status).toBe(200);
    // Sent before, and of somebody else: neither can be sent.
    expect((await worker.act(id, { action: 'reply', text: 'nog eens', attachments: [plan.id] })).status).toBe(422);
    const other = await reported();
    const foreign = attached.parse(await (await add(other.worker, other.id, PNG, 'x.png')).json());
    expect((await worker.act(id, { action: 'reply', text: 'x', attachments: [foreign.id] })).status).toBe(422);
  });

  it('needs the page’s own header, and a case that is his to see', async () => {
    const { id, worker } = await reported();
    const address = `${base()}/api/workbench/cases/${id}/attachments`;
    expect((await fetch(address, { method: 'POST', headers: { cookie: worker.cookie }, body: PNG })).status).toBe(403);
    expect((await add(worker, randomUUID(), PNG, 'x.png')).status).toBe(404);
    expect((await add(worker, id, Buffer.alloc(1_100_000), 'groot.bin')).status).toBe(413);
  });
});

describe.skipIf(!hasClamav)('with a real virus scanner', () => {
  it('what it finds is refused at once', async () => {
    const chat = await ChatClient.start(base);
    await expectError(await upload(chat, Buffer.from(INFECTED), 'factuur.txt', 'text/plain'), 422, 'file-infected');
    const [row] = await ask<{ id: string; state: string }>(
      database.ownerUrl,
      'select id, state from attachments where conversation_id = $1',
      [chat.conversation],
    );
    expect(row?.state).toBe('infected');
    await expectError(await send(chat, QUESTION, [row?.id ?? '']), 422, 'file-gone');
    await expectError(await content(chat, row?.id ?? ''), 422, 'file-infected');
  });

  it('what comes while it is away is taken and held, and given once it was checked', async () => {
    await clamd?.stop();
    const chat = await ChatClient.start(base);
    const photo = await uploaded(chat, PNG);
    expect(photo.state).toBe('held');
    expect((await send(chat, QUESTION, [photo.id])).status).toBe(200);
    await expectError(await content(chat, photo.id), 409, 'file-held');
    await clamd?.start();
    await eventually(async () => expect((await content(chat, photo.id)).status).toBe(200), 60_000);
  }, 90_000);
});
