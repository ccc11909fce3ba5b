import { type FastifyInstance, fastify } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Desk as Turns } from '../bot/index.ts';
import { catalogueOf, removeFolders } from '../catalogue/catalogue-fixture.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { type Case, type CaseId, type Checkpoint, type HandlerSettings, newId, type PersonId, runKey } from '../domain/index.ts';
import { turnRegister } from '../main/start.ts';
import type { Colleague } from '../register/index.ts';
import { FarSide } from '../test/support/far-side.ts';
import { handlerHooks, type Queues } from './index.ts';
import { type Desk, eventually, inMinutes, onBothBackends } from './test/desk.ts';

/** Who looks into the intake ledger. */
const VIEWER: Colleague = { id: newId(), name: 'Beheer', role: 'admin', teams: [] };

const SECRET = 'whsec_'.concat(Buffer.from('a secret of the far side').toString('base64'));
const SANNE = { id: newId<PersonId>(), name: 'Sanne de Wit' };
const far = new FarSide(Buffer.from('a secret of the far side').toString());
let catalogue: Catalogue;
let url = '';

beforeAll(async () => {
  url = await far.listen();
  const handlers = `handlers:
  - id: fmis
    type: fmis
    name: { nl: FMIS, en: FMIS }
    url: ${url}
    externalId: number
    body: { order: { reference: "{reference}", what: "{title}", where: "{values.destination}" }, key: "{key}", event: "{event}" }
    back: { key: key, status: state, text: remark, statuses: { DONE: ready, HELD: waiting, MEMO: note, NO: refused } }
`;
  catalogue = await catalogueOf([
    ['budgets:', `${handlers}budgets:`],
    ['    usualKind: request', '    handler: fmis\n    usualKind: request'],
  ]);
});
afterEach(() => far.reset());
afterAll(async () => {
  await far.close();
  await removeFolders();
});

/** A desk whose product "taxi" is given to the far side. */
class Given {
  readonly desk: Desk;
  readonly turns: Turns;
  readonly #hooks: FastifyInstance = fastify();
  queues: Queues | null = null;
  /** Called at each checkpoint; may throw, as a crash would. */
  checkpoint: (checkpoint: Checkpoint) => void = () => {};

  constructor(desk: Desk) {
    this.desk = desk;
    this.turns = new Turns({
      register: turnRegister(desk.register),
      published: { current: () => ({ catalogue, understand: nothing }), at: async () => catalogue },
      now: () => new Date(),
      disruptions: () => [],
      afterCommit: ({ outbox }) => this.queues?.project(outbox),
      checkpoint: () => {},
      report: (problem, error) => desk.complaints.push(`${problem} ${String(error)}`),
    });
  }

  async open(settings: readonly HandlerSettings[] = catalogue.organisation.handlers): Promise<Queues> {
    const secret = () => SECRET;
    const news: Parameters<typeof handlerHooks>[1]['news'] = (run, handler, it) => this.turns.handled(run, handler, it);
    this.queues = await this.desk.open({
      jobs: true,
      checkpoint: (it) => this.checkpoint(it),
      handlers: {
        settings: () => settings,
        means: { secret, callback: (id) => `https://desk.example.org/hooks/${id}`, timeoutMs: 300, mail: null },
        news,
        patience: { maxAttempts: 4, faltersAt: 2, retryMs: 5 },
      },
    });
    if (!this.#hooks.hasRoute({ method: 'POST', url: '/hooks/:handler' }))
      await this.#hooks.register(handlerHooks, { prefix: '/hooks', settings: () => settings, secret, register: this.desk.register, news });
    return this.queues;
  }

  /** A case of the product, given to the far side; it waits for the undo window. */
  async give(): Promise<Case> {
    const { case: it } = await this.desk.queued('desk', inMinutes(60));
    await this.turns.act(it.id, { action: 'move', product: 'taxi' }, SANNE);
    return await this.case(it.id);
  }

  /** The undo window is over. */
  async windowOver(it: Case): Promise<void> {
    await this.queues?.flushed();
    await this.desk.look(`update handler_runs set due_at = now() - interval '1 second' where case_id = '${it.id}'`);
    await this.desk.promote('handler.fmis');
  }

  async sent(): Promise<Case> {
    const it = await this.give();
    await this.windowOver(it);
    await eventually(async () => expect(await this.run(it)).toMatchObject({ state: 'sent' }));
    return await this.case(it.id);
  }

  async case(id: CaseId): Promise<Case> {
    const view = await this.desk.register.turns.viewOfCase(id);
    const it = view?.cases.find((known) => known.id === id);
    if (!it) throw new Error('there is no such case');
    return it;
  }

  async run(it: Case) {
    return (await this.desk.register.handlerRuns.ofCase(it.id))[0];
  }

  async events(it: Case): Promise<string[]> {
    return (await this.desk.register.cases.history(it.id)).map(({ name }) => name);
  }

  async notices(): Promise<string[]> {
    return (await this.desk.look<{ kind: string }>(`select kind from notices where kind like 'handler%' order by at`)).map(
      ({ kind }) => kind,
    );
  }

  async say(message: object, options: Parameters<FarSide['say']>[1] = {}) {
    const { headers, body } = far.say(message, options);
    return await this.#hooks.inject({ method: 'POST', url: '/hooks/fmis', headers, payload: body });
  }

  async close(): Promise<void> {
    await this.#hooks.close();
  }
}

function nothing() {
  return { language: 'nl', questions: [], move: null } as never;
}

onBothBackends((desk) => {
  const opened: Given[] = [];
  const begin = async (): Promise<Given> => {
    const given = new Given(desk);
    await desk.look(`insert into people (id, name, verified) values ('${SANNE.id}', '${SANNE.name}', true) on conflict do nothing`);
    opened.push(given);
    await given.open();
    return given;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((given) => given.close()));
    await desk.look('delete from handler_runs');
  });
  const keyOf = (it: Case) => runKey({ case: it.id, round: it.handler?.round ?? 0 });

  describe('a case that is given to a handler', () => {
    it('waits for the undo window, is sent once, and is ready when the far side says so', async () => {
      const given = await begin();
      const it = await given.give();
      expect(it).toMatchObject({ state: 'waiting', handler: { id: 'fmis' }, worker: null });
      await given.queues?.flushed();
      await eventually(async () => expect((await given.queues?.counts())?.handlers).toEqual({ waiting: 1, active: 0 }));
      expect(far.requests).toEqual([]);

      await given.windowOver(it);
      await eventually(async () => expect(await given.run(it)).toMatchObject({ state: 'sent', externalId: 'W-1', attempts: 1 }));
      expect([...far.orders]).toEqual([
        [keyOf(it), { order: { reference: it.reference, what: it.title, where: '' }, key: keyOf(it), event: 'case.handed-over' }],
      ]);

      expect((await given.say({ key: keyOf(it), state: 'DONE', remark: 'De taxi staat klaar.' })).json()).toEqual({ status: 'handled' });
      expect(await given.case(it.id)).toMatchObject({ state: 'ready', handler: null });
      expect(await given.run(it)).toMatchObject({ state: 'done', said: 'De taxi staat klaar.', externalId: 'W-1' });
      expect((await given.events(it)).slice(-3)).toEqual(['handed', 'sent', 'ready']);
      const said = await desk.register.conversations.ofCase(it.id);
      expect(said.at(-1)?.text).toContain('De taxi staat klaar.');
    });

    it('is never sent when it was withdrawn, or taken by hand, in the undo window', async () => {
      const given = await begin();
      const it = await given.give();
      expect(await given.turns.act(it.id, { action: 'by-hand' }, SANNE)).toMatchObject({ kind: 'done' });
      expect(await given.case(it.id)).toMatchObject({ state: 'claimed', worker: SANNE.id, handler: null });
      await given.windowOver(it);
      await eventually(async () => expect((await given.queues?.counts())?.handlers).toEqual({ waiting: 0, active: 0 }));
      expect(far.requests).toEqual([]);
      expect(await given.run(it)).toMatchObject({ state: 'stopped', attempts: 0 });
    });

    it('is called off at the far side when it is taken by hand later', async () => {
      const given = await begin();
      const it = await given.sent();
      await given.turns.act(it.id, { action: 'by-hand' }, SANNE);
      await eventually(async () => expect(await given.run(it)).toMatchObject({ state: 'stopped' }));
      expect(far.requests.map(({ id, body }) => [id, JSON.parse(body).event])).toEqual([
        [keyOf(it), 'case.handed-over'],
        [`${keyOf(it)}-recall`, 'case.recalled'],
      ]);
    });
  });

  describe('a far side that fails', () => {
    it('is tried again under the same key, whatever went wrong, and the team hears of it', async () => {
      const given = await begin();
      far.next({ status: 500, body: 'database is full' }, 'hang', 'drop');
      const it = await given.give();
      await given.windowOver(it);
      await eventually(async () => expect(await given.run(it)).toMatchObject({ state: 'sent', attempts: 4 }));
      expect(far.requests.map(({ id }) => id)).toEqual(Array.from({ length: 4 }, () => keyOf(it)));
      expect(far.orders.size).toBe(1);
      expect(await given.notices()).toEqual(['handler-falters']);
      expect((await given.events(it)).slice(-3)).toEqual(['handed', 'faltered', 'sent']);
    });

    it('gives the case back to its team with the reason, and it can be given again under the same key', async () => {
      const given = await begin();
      far.next(...Array.from({ length: 4 }, () => ({ status: 503, body: 'closed for repairs' })));
      const it = await given.give();
      await given.windowOver(it);
      await eventually(async () => expect(await given.case(it.id)).toMatchObject({ state: 'queued', handler: null }));
      expect(await given.run(it)).toMatchObject({ state: 'failed', said: '503 Service Unavailable closed for repairs' });
      expect(await given.notices()).toEqual(['handler-falters', 'handler-failed']);
      await eventually(async () => expect((await given.queues?.counts())?.handlers).toEqual({ waiting: 0, active: 0 }));

      expect(await given.turns.act(it.id, { action: 'to-handler' }, SANNE)).toMatchObject({ kind: 'done' });
      await given.windowOver(it);
      await eventually(async () => expect(await given.run(it)).toMatchObject({ state: 'sent' }));
      expect([...far.orders.keys()]).toEqual([keyOf(it)]);
    });

    it('that refuses is not asked again', async () => {
      const given = await begin();
      far.next({ status: 422, body: 'unknown location' });
      const it = await given.give();
      await given.windowOver(it);
      await eventually(async () => expect(await given.case(it.id)).toMatchObject({ state: 'queued' }));
      expect(far.requests).toHaveLength(1);
      expect(await given.notices()).toEqual(['handler-failed']);
    });

    it('takes it once when the desk died between sending and writing it down', async () => {
      const given = await begin();
      let crashes = 1;
      given.checkpoint = (at) => {
        if (at === 'handler:after-send' && crashes-- > 0) throw new Error('the process is gone');
      };
      const it = await given.give();
      await given.windowOver(it);
      await eventually(async () => expect(await given.run(it)).toMatchObject({ state: 'sent', attempts: 2 }));
      expect(far.requests.map(({ id }) => id)).toEqual([keyOf(it), keyOf(it)]);
      expect(far.orders.size).toBe(1);
    });
  });

  it('what waits for a handler is there again after the queues were wiped', async () => {
    const given = await begin();
    const it = await given.give();
    await given.queues?.flushed();
    await desk.wipeQueues();
    expect(await given.queues?.reconcile('incremental')).toMatchObject({ added: { runs: 1 } });
    await given.windowOver(it);
    await eventually(async () => expect(await given.run(it)).toMatchObject({ state: 'sent' }));
  });

  describe('the way back', () => {
    it('does the same word once, however often and at once it comes', async () => {
      const given = await begin();
      const it = await given.sent();
      const id = newId();
      const words = { key: keyOf(it), state: 'MEMO', remark: 'Sleutel ligt bij de portier.' };
      const answers = await Promise.all([given.say(words, { id }), given.say(words, { id }), given.say(words, { id })]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
      expect((await given.say(words, { id })).json()).toEqual({ status: 'handled', again: true });
      expect((await desk.register.cases.notes(it.id)).map(({ text, handler }) => [text, handler])).toEqual([[words.remark, 'fmis']]);
      expect(await given.case(it.id)).toMatchObject({ state: 'waiting', handler: { id: 'fmis' } });
    });

    it('tells the requester what is waited for, and gives back what is refused', async () => {
      const given = await begin();
      const it = await given.sent();
      await given.say({ key: keyOf(it), state: 'HELD', remark: 'Het onderdeel is besteld.' });
      expect((await desk.register.conversations.ofCase(it.id)).at(-1)?.text).toContain('Het onderdeel is besteld.');
      await given.say({ key: keyOf(it), state: 'NO', remark: 'Valt buiten het contract.' });
      expect(await given.case(it.id)).toMatchObject({ state: 'queued', handler: null });
      expect(await given.notices()).toEqual(['handler-failed']);
      expect(await desk.register.cases.notes(it.id)).toMatchObject([{ text: 'Valt buiten het contract.' }]);
    });

    it('refuses what is forged, old or unsigned, and writes it in the ledger', async () => {
      const given = await begin();
      const it = await given.sent();
      const words = { key: keyOf(it), state: 'DONE', remark: 'Klaar.' };
      expect((await given.say(words, { secret: 'another secret' })).statusCode).toBe(401);
      expect((await given.say(words, { at: new Date(Date.now() - 6 * 60_000) })).statusCode).toBe(401);
      expect(await given.case(it.id)).toMatchObject({ state: 'waiting' });
      const [line] = await desk.register.ledger.list('refused', VIEWER);
      expect(line).toMatchObject({ channel: 'handler', reason: 'the signature is wrong' });
    });

    it('parks what says nothing that can be taken', async () => {
      const given = await begin();
      const it = await given.sent();
      for (const words of [
        { key: keyOf(it), state: 'FLYING' },
        { state: 'DONE', remark: 'Klaar.' },
        { key: keyOf(it), state: 'DONE' },
      ])
        expect((await given.say(words)).statusCode).toBe(422);
      const elsewhere = runKey({ case: newId<CaseId>(), round: 1 });
      expect((await given.say({ key: elsewhere, state: 'DONE', remark: 'Klaar.' })).json()).toMatchObject({
        error: { message: 'it is about no case of this handler' },
      });
      expect(await given.case(it.id)).toMatchObject({ state: 'waiting' });
      expect((await desk.register.ledger.list('parked', VIEWER)).length).toBeGreaterThanOrEqual(4);
    });

    it('that comes too late is for a colleague to read, and moves nothing', async () => {
      const given = await begin();
      const it = await given.sent();
      await given.turns.act(it.id, { action: 'by-hand' }, SANNE);
      const late = await given.say({ key: keyOf(it), state: 'DONE', remark: 'Was al klaar.' });
      expect(late.statusCode).toBe(200);
      expect(await given.case(it.id)).toMatchObject({ state: 'claimed', worker: SANNE.id });
      expect(await desk.register.cases.notes(it.id)).toMatchObject([{ text: 'Was al klaar.' }]);
      expect(await given.notices()).toEqual(['handler-word']);
    });
  });
});
