import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { type AttachmentId, type ConversationId, type IntakeId, type MessageId, newId } from '../domain/index.ts';
import { aCase, aConversation, carryOut, NOW, openForTest, registered, said } from '../register/test/builders.ts';
import { createDatabase } from '../test/setup/database.ts';
import { DiskBlobs } from './disk.ts';
import { Files } from './files.ts';
import type { Scanner, Verdict } from './scanner.ts';

const { register, ask, close } = await openForTest(await createDatabase());
const folder = await mkdtemp(join(tmpdir(), 'loket-files-'));
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

const blobs = new DiskBlobs(folder);
const { attachments } = register;
const MEGABYTE = 1024 * 1024;
const PNG = Buffer.from('\x89PNG\r\n\x1A\n\0\0\0\rIHDR a picture', 'latin1');
const common = { blobs, attachments, largest: MEGABYTE, refused: ['exe'] };
const files = new Files({ ...common, scanner: null });

const onDisk = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile()).length;
const rows = async () => Number((await ask('select count(*) from attachments'))[0]?.[0]);
const named = (name: string, conversation: ConversationId | null = null, type = '') => ({ name, type, conversation, author: null });

/** A scanner that says what it is told to. */
class Told implements Scanner {
  verdict: Verdict = { kind: 'clean' };
  asked = 0;
  async scan(content: AsyncIterable<Uint8Array>): Promise<Verdict> {
    this.asked += 1;
    for await (const _ of content);
    return this.verdict;
  }
  version = async () => 'told';
}

/** Takes a message in that names files. */
async function sent(conversation: ConversationId, ids: readonly AttachmentId[], text = ''): Promise<MessageId> {
  const intake = newId<IntakeId>();
  await register.turns.receive({
    id: intake,
    channel: 'web',
    source: 'web',
    externalId: intake,
    conversation,
    payload: { text, answer: null, attachments: ids },
  });
  return handled(conversation, intake, ids);
}

async function handled(conversation: ConversationId, intake: IntakeId, ids: readonly AttachmentId[]): Promise<MessageId> {
  const message = newId<MessageId>();
  const view = await register.turns.next(conversation);
  const version = view?.conversation.version ?? 0;
  const incoming = { intake, message, text: '', attachments: ids };
  const committed = await register.turns.commit({ conversation, version, at: NOW, incoming, effects: [] });
  expect(committed.kind).toBe('committed');
  return message;
}

describe('a file', () => {
  it('is kept as it came, with its measure and its type', async () => {
    const conversation = await aConversation(register);
    const kept = await files.store(PNG, { ...named('C:\\fotos\\lek.png', conversation), type: 'text/html' });
    expect(kept).toMatchObject({ name: 'lek.png', type: 'image/png', size: PNG.byteLength, state: 'unchecked' });
    const { attachment, content } = await files.open(kept.id);
    expect(attachment).toEqual(kept);
    expect(await buffer(content)).toEqual(PNG);
    expect(await ask('select sha256 from attachments where id = $1', [kept.id])).toEqual([[createHash('sha256').update(PNG).digest()]]);
    expect(await attachments.unsent({ conversation, author: null })).toEqual([kept]);
  });

  it('that comes twice is kept twice: one can be erased without the other', async () => {
    const [one, two] = [await files.store(PNG, named('a.png')), await files.store(PNG, named('a.png'))];
    expect(one.id).not.toBe(two.id);
    expect((await attachments.byId(one.id))?.key).not.toBe((await attachments.byId(two.id))?.key);
  });

  it('without a name is called by what it is', async () => {
    expect((await files.store(PNG, named(''))).name).toBe('document.png');
  });

  it.each([
    ['of no bytes', Buffer.alloc(0), 'leeg.txt', 'empty'],
    ['that ends as a program does', Buffer.from('x'), 'factuur.pdf.EXE', 'refused-type'],
    ['that is a program by its bytes', Buffer.from('MZ\x90\0\x03\0', 'latin1'), 'factuur.pdf', 'refused-type'],
    ['over the limit', Buffer.alloc(MEGABYTE + 1), 'groot.bin', 'too-large'],
  ])('%s is refused, and nothing of it stays', async (_, content, name, code) => {
    const before = [await onDisk(), await rows()];
    await expect(files.store(content, named(name))).rejects.toMatchObject({ code });
    expect([await onDisk(), await rows()]).toEqual(before);
  });

  it('of two gigabytes is cut off at the limit, without being gathered in memory', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      const piece = Buffer.alloc(64 * 1024);
      for (; given < 2048 * MEGABYTE; given += piece.byteLength) yield piece;
    }
    const before = [await onDisk(), await rows()];
    await expect(files.store(endless(), named('groot.iso.txt'))).rejects.toMatchObject({ code: 'too-large' });
    expect(given).toBeLessThan(2 * MEGABYTE);
    expect([await onDisk(), await rows()]).toEqual(before);
  });

  it('whose sender goes away leaves nothing', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield PNG;
      throw new Error('aborted');
    }
    const before = [await onDisk(), await rows()];
    await expect(files.store(broken(), named('half.png'))).rejects.toThrow('aborted');
    expect([await onDisk(), await rows()]).toEqual(before);
  });

  it('is refused clearly when the disk is full', async () => {
    const full = new Files({ ...common, scanner: null, blobs: new DiskBlobs(folder, { keptFree: Number.MAX_SAFE_INTEGER }) });
    const before = await rows();
    await expect(full.store(PNG, named('a.png'))).rejects.toMatchObject({ code: 'storage-full' });
    expect(await rows()).toBe(before);
  });
});

describe('a file in a message', () => {
  it('is bound when the message is taken in, and shown with it', async () => {
    const conversation = await aConversation(register);
    const kept = await files.store(PNG, named('lek.png', conversation));
    const message = await sent(conversation, [kept.id]);
    expect([...(await attachments.ofMessages([message])).values()]).toEqual([[kept]]);
    expect(await attachments.unsent({ conversation, author: null })).toEqual([]);
    expect(await attachments.isInConversation(kept.id, conversation)).toBe(true);
    expect(await attachments.isInConversation(kept.id, await aConversation(register))).toBe(false);
  });

  it('whose conversation was not known yet (a mail) belongs to the one of its message', async () => {
    const conversation = await aConversation(register);
    const kept = await files.store(PNG, named('lek.png'));
    const message = await sent(conversation, [kept.id]);
    expect((await attachments.ofMessages([message])).get(message)).toEqual([kept]);
    expect(await attachments.isInConversation(kept.id, conversation)).toBe(true);
  });

  it("is not somebody else's: of another conversation, another message, or a worker's", async () => {
    const [mine, other] = [await aConversation(register), await aConversation(register)];
    const theirs = await files.store(PNG, named('geheim.png', other));
    const used = await files.store(PNG, named('a.png', mine));
    await sent(mine, [used.id]);
    const worker = await register.people.known({ channel: 'web', externalId: newId(), name: 'Anna', address: null }, newId());
    const workers = await files.store(PNG, { ...named('intern.png', mine), author: worker });
    const message = await sent(mine, [theirs.id, used.id, workers.id, newId<AttachmentId>()]);
    expect(await attachments.ofMessages([message])).toEqual(new Map());
    expect(await attachments.unsent({ conversation: other, author: null })).toEqual([theirs]);
    expect(await attachments.unsent({ conversation: mine, author: worker })).toEqual([workers]);
    expect(await attachments.isInConversation(workers.id, mine)).toBe(false);
  });

  it('of a colleague is the reply’s or the note’s: the note’s stays inside', async () => {
    const conversation = await aConversation(register);
    const about = aCase(conversation);
    const worker = await register.people.known({ channel: 'web', externalId: newId(), name: 'Anna Bakker', address: null }, newId());
    const [out, inside] = [
      await files.store(PNG, { ...named('plattegrond.png', conversation), author: worker }),
      await files.store(PNG, { ...named('intern.png', conversation), author: worker }),
    ];
    const reply = said('zie de plattegrond', [about], worker);
    const note = {
      kind: 'note',
      id: newId<MessageId>(),
      case: about.id,
      author: worker,
      text: 'let op',
      attachments: [inside.id],
    } as const;
    const withFile = { ...reply, message: { ...reply.message, reply: { ...reply.message.reply, attachments: [out.id] } } };
    await carryOut(register, conversation, [registered(about), withFile, note]);
    expect((await attachments.ofMessages([reply.message.id])).get(reply.message.id)).toEqual([out]);
    expect((await attachments.ofNotes(about.id)).get(note.id)).toEqual([inside]);
    for (const { id } of [out, inside]) expect(await attachments.isInCase(id, about.id)).toBe(true);
    expect(await attachments.isInConversation(out.id, conversation)).toBe(true);
    expect(await attachments.isInConversation(inside.id, conversation)).toBe(false);
    expect(await attachments.casesOf(inside.id)).toEqual([{ id: about.id, team: about.team }]);
  });
});

describe('with a scanner', () => {
  it('a clean file can be opened; an infected one and one that is held cannot', async () => {
    const scanner = new Told();
    const checked = new Files({ ...common, scanner });
    const clean = await checked.store(PNG, named('a.png'));
    expect((await checked.open(clean.id)).attachment.state).toBe('clean');
    scanner.verdict = { kind: 'infected', found: 'Eicar' };
    const infected = await checked.store(PNG, named('b.png'));
    expect(infected.state).toBe('infected');
    await expect(checked.open(infected.id)).rejects.toMatchObject({ code: 'infected' });
    scanner.verdict = { kind: 'away', why: 'gone' };
    const held = await checked.store(PNG, named('c.png'));
    expect(held.state).toBe('held');
    await expect(checked.open(held.id)).rejects.toMatchObject({ code: 'held' });
    await expect(checked.open(newId<AttachmentId>())).rejects.toMatchObject({ code: 'unknown' });
  });

  it('what was held while it was away is checked when it is back, and said', async () => {
    const scanner = new Told();
    const judged: AttachmentId[] = [];
    scanner.verdict = { kind: 'away', why: 'gone' };
    const away = new Files({ ...common, scanner });
    const held = [await away.store(PNG, named('1.png')), await away.store(PNG, named('2.png'))];
    // The second did not wait for a scanner that had just not answered.
    expect(scanner.asked).toBe(1);
    const later = new Files({ ...common, scanner, judged: (id) => judged.push(id) });
    expect(await later.checkHeld()).toBe(0);
    scanner.verdict = { kind: 'clean' };
    const again = new Files({ ...common, scanner, judged: (id) => judged.push(id) });
    expect(await again.checkHeld()).toBeGreaterThanOrEqual(2);
    expect(judged).toEqual(expect.arrayContaining(held.map(({ id }) => id)));
    for (const { id } of held) expect((await again.open(id)).attachment.state).toBe('clean');
  });

  it('what it cannot judge stays held, is not asked about at every turn, and does not keep the others waiting', async () => {
    const scanner = new Told();
    const checked = new Files({ ...common, scanner });
    scanner.verdict = { kind: 'unable', why: 'too large for the scanner' };
    const { id } = await checked.store(PNG, named('groot.png'));
    expect(await ask('select state, detail from attachments where id = $1', [id])).toEqual([['held', 'too large for the scanner']]);
    const asked = scanner.asked;
    await checked.checkHeld();
    expect(scanner.asked).toBe(asked);
    await ask(`update attachments set checked_at = now() - interval '2 hours' where id = $1`, [id]);
    scanner.verdict = { kind: 'clean' };
    await checked.checkHeld();
    expect((await checked.open(id)).attachment.state).toBe('clean');
  });
});

describe('what belongs to nothing', () => {
  const old = (id: AttachmentId) => ask(`update attachments set at = now() - interval '2 days' where id = $1`, [id]);

  it('is removed after a day: never sent, broken off, or its message gone', async () => {
    const conversation = await aConversation(register);
    const unsent = await files.store(PNG, named('nooit.png', conversation));
    const fresh = await files.store(PNG, named('zojuist.png', conversation));
    const gone = await files.store(PNG, named('weg.png', conversation));
    const stays = await files.store(PNG, named('blijft.png', conversation));
    const message = await sent(conversation, [gone.id]);
    await sent(conversation, [stays.id]);
    const broken = newId<AttachmentId>();
    await attachments.begin({ ...named('half.png'), id: broken, key: '0'.repeat(32) });
    for (const id of [unsent.id, gone.id, stays.id, broken]) await old(id);
    await ask('delete from messages where id = $1', [message]);
    const key = (await attachments.byId(unsent.id))?.key ?? '';
    expect(await files.sweep()).toBe(3);
    expect(await attachments.named([unsent.id, gone.id, fresh.id, stays.id, broken])).toEqual([fresh, stays]);
    await expect(blobs.open(key)).rejects.toMatchObject({ code: 'unknown' });
  });

  it('is not what a message names that still waits, however long', async () => {
    const conversation = await aConversation(register);
    const { id } = await files.store(PNG, named('wacht.png', conversation));
    const intake = newId<IntakeId>();
    const payload = { text: '', answer: null, attachments: [id] };
    await register.turns.receive({ id: intake, channel: 'web', source: 'web', externalId: intake, conversation, payload });
    await old(id);
    await files.sweep();
    const message = await handled(conversation, intake, [id]);
    expect((await attachments.ofMessages([message])).get(message)?.map((it) => it.id)).toEqual([id]);
  });
});
