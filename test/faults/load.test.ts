/** Several processes on one database under load, killed at random and started again: in the end nothing is lost and nothing is doubled. */
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ChatClient } from '../support/chat-client.ts';
import { type DeskTemplate, deskTemplate, TEAMS } from '../support/desk-template.ts';
import { eventually } from '../support/eventually.ts';
import { RedisServer } from '../support/redis-server.ts';
import { ask, problemsOf } from '../support/register-check.ts';
import { RunningDesk } from '../support/running-desk.ts';
import { expectTicketOfEveryCase } from '../support/tickets.ts';
import { WorkbenchClient } from '../support/workbench-client.ts';

const CHATS = 8;
const WORKERS = 3;
/** How long it goes on at least; the last start is waited for. */
const LOAD_MS = 25_000;
const SETTLED_WITHIN = 180_000;
const seed = Number(process.env.LOKET_SEED ?? randomInt(2 ** 31));

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const template: { it: DeskTemplate | null } = { it: null };
beforeAll(async () => {
  console.info(`random kills with LOKET_SEED=${seed}`);
  template.it = await deskTemplate(WORKERS);
});
afterAll(() => template.it?.database.drop());

describe('random kills under load', () => {
  it('of two processes that do everything, on PostgreSQL', async () => await killsUnderLoad(null, TWO));

  it.skipIf(inject('redisUrl') === null).each([
    ['two processes that do everything', TWO],
    ['six processes that share the work', SIX],
  ])('of %s, on Redis', async (_, roles) => {
    const redis = new RedisServer();
    await redis.start();
    try {
      await killsUnderLoad(redis.url, roles);
    } finally {
      await redis.remove();
    }
  });
});

/** What a process does; null: everything. */
type Roles = string | null;
const TWO: readonly Roles[] = [null, null];
const SIX: readonly Roles[] = ['web', 'web', 'web,jobs', 'jobs', 'jobs,email', 'email,teams'];

/** A message that the desk acknowledged. */
interface Acknowledged {
  readonly conversation: string;
  readonly id: string;
  readonly text: string;
}

async function killsUnderLoad(redisUrl: string | null, roles: readonly Roles[]): Promise<void> {
  if (!template.it) throw new Error('there is no template');
  const random = generator(seed);
  const pick = <It>(items: readonly It[]): It => {
    const it = items[Math.floor(random() * items.length)];
    if (it === undefined) throw new Error('there is nothing to pick from');
    return it;
  };
  const database = await template.it.copy();
  const desks = roles.map((of) => new RunningDesk({ database, redisUrl, ...(of ? { roles: of } : {}) }));
  const webs = desks.filter((_, i) => roles[i] === null || roles[i]?.includes('web'));
  // All at once, as they would be after a power cut.
  await Promise.all(desks.map((desk) => desk.start()));
  const base = () => pick(webs).url;
  const workers = template.it.workers.map((it) => new WorkbenchClient(base, it));
  const questions: Acknowledged[] = [];
  const others: Acknowledged[] = [];
  const claimed: string[] = [];
  const end = performance.now() + LOAD_MS;
  let finished = false;

  /** Each question becomes one case, opened in its turn. */
  async function question(chat: ChatClient): Promise<void> {
    const text = 'ik wil een medewerker spreken';
    const id = randomUUID();
    const said = await chat.say(text, id);
    questions.push({ conversation: chat.conversation, id, text });
    const undo = said.findLast((line) => line.reply?.ask)?.reply?.ask;
    if (undo && random() < 0.1) await answer(chat, undo.id, undo.choices?.[0]?.value ?? '');
  }

  async function answer(chat: ChatClient, question: string, value: string): Promise<void> {
    const id = randomUUID();
    await chat.press(question, value, id);
    others.push({ conversation: chat.conversation, id, text: value });
  }

  async function chatting(): Promise<void> {
    while (!finished) {
      const chat = await ChatClient.start(base);
      await question(chat);
      if (random() < 0.5) await Promise.all([question(chat), question(chat)]);
      const asked = (await chat.timeline()).find((line) => line.from === 'worker' && line.reply?.ask && !line.answered)?.reply?.ask;
      if (asked) await answer(chat, asked.id, 'dat is zo');
    }
  }

  /** What fails for want of a desk is left as it is: the next round sees what became of it. */
  async function working(worker: WorkbenchClient): Promise<void> {
    while (!finished) {
      try {
        const it = await worker.next(pick(TEAMS));
        const [row] = it ? [it] : await worker.list('mine');
        if (!row) continue;
        if (it) claimed.push(it.id);
        const response = await worker.act(
          row.id,
          pick([
            { action: 'ready', text: 'klaar' },
            { action: 'ready', text: 'gedaan' },
            { action: 'release' },
            { action: 'ask', text: 'waar precies?' },
            { action: 'reply', text: 'ik kijk ernaar' },
            { action: 'wait', reason: 'onderdeel besteld' },
            { action: 'resume' },
            { action: 'move', team: pick(TEAMS) },
            { action: 'note', text: 'gezien' },
          ]),
        );
        expect([200, 409, 500, 503]).toContain(response.status);
      } catch (error) {
        if (error instanceof Error && error.name === 'AssertionError') throw error;
      }
    }
  }

  /** Kills one, or all, after a random number of acknowledged questions. @returns how often */
  async function killing(): Promise<number> {
    let kills = 0;
    while (performance.now() < end) {
      const enough = questions.length + 5 + Math.floor(random() * 60);
      await eventually(() => expect(questions.length >= enough || performance.now() >= end).toBe(true));
      const victims = random() < 0.2 ? desks : [pick(desks)];
      await Promise.all(victims.map((desk) => desk.kill()));
      await Promise.all(victims.map((desk) => desk.start()));
      kills += victims.length;
    }
    return kills;
  }

  const load = [...Array.from({ length: CHATS }, chatting), ...workers.map(working)];
  const kills = await Promise.race([killing(), Promise.all(load).then(() => Promise.reject(new Error('the load ended early')))]).finally(
    () => {
      finished = true;
    },
  );
  await Promise.all(load);

  await eventually(async () => expect(await problemsOf(database.ownerUrl)).toEqual([]), SETTLED_WITHIN);
  await Promise.all(desks.map((desk) => desk.stop()));
  console.info(
    `${redisUrl ? 'Redis' : 'PostgreSQL'}, ${roles.length} processes: ${kills} kills, ${questions.length} questions, ${others.length} answers, ${claimed.length} claims`,
  );
  expect(kills).toBeGreaterThan(1);
  expect(claimed.length).toBeGreaterThan(0);

  const acknowledged = [...questions, ...others];
  const rows = await ask<{ conversation: string; id: string; text: string }>(
    database.ownerUrl,
    `select conversation_id as conversation, external_id as id, payload ->> 'text' as text from intake where status = 'handled'`,
  );
  const key = (it: Acknowledged): string => `${it.conversation} ${it.id} ${it.text}`;
  expect(rows.map(key).sort()).toEqual(acknowledged.map(key).sort());
  const opened = await ask<{ id: string }>(
    database.ownerUrl,
    `select i.external_id as id from cases c join case_messages l on l.case_id = c.id
     join messages m on m.id = l.message_id and m.direction = 'in' and m.at = c.opened_at join intake i on i.id = m.intake_id`,
  );
  expect(opened.map(({ id }) => id).sort()).toEqual(questions.map(({ id }) => id).sort());
  expect(await ask(database.ownerUrl, 'select count(*)::int as cases from cases')).toEqual([{ cases: questions.length }]);
  await expectTicketOfEveryCase(database, redisUrl);
  await database.drop();
}
