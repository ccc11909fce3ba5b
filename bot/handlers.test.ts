import { beforeAll, describe, expect, it } from 'vitest';
import type { Case, HandlerSettings } from '../domain/index.ts';
import { answerArrived } from './answers.ts';
import { UNDO_MS } from './approval.ts';
import { Decision } from './decision.ts';
import { handlerFor } from './give-to-handler.ts';
import { possibleActions } from './possible-actions.ts';
import { countedIds } from './test/ids.ts';
import { SANNE, Simulator } from './test/simulator.ts';
import { NOW, type World, world } from './test/world.ts';

const FMIS: HandlerSettings = { id: 'fmis', type: 'fmis', name: { nl: 'FMIS', en: 'FMIS' }, url: 'https://fmis.example.org/orders' };

/** The shipped catalogue, in which every product is given to the handler. */
let shipped: World;
beforeAll(async () => {
  const { catalogue, ...rest } = await world();
  const organisation = { ...catalogue.organisation, handlers: [FMIS] };
  const products = catalogue.products.map((product) => ({ ...product, handler: FMIS.id }));
  shipped = { ...rest, catalogue: { ...catalogue, products, organisation } };
});

function reported(): { chat: Simulator; it: Case } {
  const chat = new Simulator(shipped);
  chat.say('de lift staat stil');
  return { chat, it: chat.only() };
}

/** The same, and the far side has it. */
function sent(): { chat: Simulator; it: Case } {
  const { chat, it: given } = reported();
  chat.handled(given, { kind: 'sent', externalId: 'W-1', said: null });
  return { chat, it: chat.case(given.id) };
}

describe('a case whose product has a handler', () => {
  it('goes there after the undo window instead of waiting in the queue of its team', () => {
    const { chat, it: given } = reported();
    expect(given).toMatchObject({ state: 'waiting', handler: { id: 'fmis', round: given.round }, worker: null });
    expect(chat.runs).toMatchObject([{ case: given.id, handler: 'fmis', state: 'waiting', due: new Date(NOW.getTime() + UNDO_MS) }]);
  });

  it('goes nowhere when it is withdrawn in time', () => {
    const chat = new Simulator(shipped);
    chat.say('het is hier bloedheet, kamer 3.14');
    const given = chat.only();
    chat.press('undo');
    expect(chat.case(given.id)).toMatchObject({ state: 'withdrawn', handler: null });
    expect(chat.runs.at(-1)).toMatchObject({ state: 'stopped' });
  });

  it('is called off when it is withdrawn later, and says so rather than undo', () => {
    const { chat, it: given } = sent();
    chat.say(`${given.reference} intrekken`);
    chat.press('yes');
    expect(chat.case(given.id)).toMatchObject({ state: 'withdrawn' });
    expect(chat.runs.at(-1)).toMatchObject({ state: 'recalling' });
  });

  it('is called off when it was withdrawn while it was being sent', () => {
    const { chat, it: given } = reported();
    chat.say(`${given.reference} intrekken`);
    chat.press('yes');
    chat.handled(given, { kind: 'sent', externalId: 'W-1', said: null });
    expect(chat.case(given.id)).toMatchObject({ state: 'withdrawn' });
    expect(chat.runs.at(-1)).toMatchObject({ state: 'recalling', externalId: 'W-1' });
  });

  it('may be taken by hand by anybody of the team, and given again', () => {
    const { chat, it: given } = reported();
    expect(possibleActions(given, SANNE.id, null, FMIS)).toContain('by-hand');
    chat.act(given, { action: 'by-hand' });
    const taken = chat.case(given.id);
    expect(taken).toMatchObject({ state: 'claimed', worker: SANNE.id, handler: null });
    expect(possibleActions(taken, SANNE.id, null, FMIS)).toContain('to-handler');
    chat.act(taken, { action: 'to-handler' });
    expect(chat.case(given.id)).toMatchObject({ state: 'waiting', worker: null, handler: { id: 'fmis' } });
  });

  it('is left to the team to which a colleague moves it', () => {
    const { chat, it: given } = reported();
    chat.act(given, { action: 'move', team: 'security' });
    expect(chat.case(given.id)).toMatchObject({ state: 'queued', team: 'security', handler: null });
  });

  it('tells its team when the requester adds something that the far side does not know', () => {
    const before = reported();
    before.chat.say('B');
    expect(before.chat.notices).toEqual([]);
    const { chat } = sent();
    chat.say('B');
    expect(chat.notices.map(({ kind }) => kind)).toEqual(['handler-word']);
  });

  it('stays there when the requester writes on it, and is said to be with its team', () => {
    const { chat, it: given } = sent();
    expect(chat.say(`hoe staat het met ${given.reference}?`).text).toContain('Ligt bij ');
    const { catalogue } = shipped;
    const known = {
      cases: [given],
      workers: new Map(),
      histories: new Map([[given.id, []]]),
      disruptions: [],
      approvals: new Map(),
      rooms: null,
      people: null,
      files: [],
    };
    const facts = { ...known, budgets: shipped.budgets, catalogue, catalogueAt: () => catalogue };
    const after = answerArrived(new Decision(chat.conversation, facts, NOW, countedIds(900)), given, 'said');
    expect(after).toMatchObject({ state: 'waiting', handler: { id: 'fmis' } });
  });

  it('is for people when it is danger, no work, or not yet agreed to', () => {
    const { it: given } = reported();
    expect(handlerFor(given, shipped.catalogue)).toEqual(FMIS);
    expect(handlerFor({ ...given, urgent: true }, shipped.catalogue)).toBeNull();
    for (const kind of ['complaint', 'wish', 'information'] as const)
      expect(handlerFor({ ...given, kind }, shipped.catalogue), kind).toBeNull();
    const training: Case = { ...given, product: 'training', kind: 'request', values: { amount: '2500' } };
    expect(handlerFor({ ...training, approval: 'asked' }, shipped.catalogue)).toBeNull();
    expect(handlerFor(training, shipped.catalogue)).toBeNull();
    expect(handlerFor({ ...training, approval: 'given' }, shipped.catalogue)).toEqual(FMIS);
  });
});
