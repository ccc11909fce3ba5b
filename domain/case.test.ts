import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Actor,
  applyEvent,
  CASE_STATES,
  type Case,
  type CaseEvent,
  type CaseEventName,
  type CaseId,
  type CaseState,
  type ConversationId,
  mayHappen,
  newId,
  newReference,
  type PersonId,
  TRANSITIONS,
  TransitionError,
} from './index.ts';

const WORKER = newId<PersonId>();
const AT = new Date('2026-11-24T10:00:00Z');

function caseIn(state: CaseState, more: Partial<Case> = {}): Case {
  return {
    id: newId<CaseId>(),
    reference: newReference(() => 3),
    conversation: newId<ConversationId>(),
    person: null,
    channel: 'web',
    language: 'nl',
    product: 'lift',
    kind: 'fault',
    team: 'facilities',
    state,
    round: 1,
    events: 4,
    title: 'De lift doet het niet',
    text: 'de lift doet het niet',
    values: {},
    why: { rule: 'classified', confidence: 1, runnersUp: [], words: [], catalogue: 'c-1', model: 'm-1' },
    restricted: false,
    urgent: false,
    priority: 'normal',
    disruption: null,
    part: null,
    divided: false,
    approval: null,
    handler: null,
    worker: null,
    openedAt: AT,
    respondBy: null,
    completeBy: null,
    expectedBy: null,
    readyAt: null,
    closedAt: null,
    ...more,
  };
}

function event(name: CaseEventName, actor: Actor = { kind: 'worker', id: WORKER }, at = AT): CaseEvent {
  return { name, actor, at, data: {} };
}

/** Which state follows when the event happens in each state; a dot where it may not. */
const TABLE: Readonly<Record<CaseEventName, string>> = {
  //           open      queued    claimed   waiting   ready     closed    withdrawn merged
  opened: '    .         .         .         .         .         .         .         .        ',
  answered: '  ready     .         .         .         .         .         .         .        ',
  queued: '    queued    .         .         .         queued    .         .         .        ',
  claimed: '   .         claimed   .         .         .         .         .         .        ',
  released: '  .         .         queued    .         .         .         .         .        ',
  submitted: ' waiting   .         .         .         .         .         .         .        ',
  'approval-asked': '. . .       waiting   .         .         .         .        ',
  approved: '  .         .         .         queued    .         .         .         .        ',
  refused: '   .         .         .         withdrawn .         .         .         .        ',
  lapsed: '    .         .         .         withdrawn .         .         .         .        ',
  waiting: '   waiting   waiting   waiting   .         .         .         .         .        ',
  resumed: '   .         .         .         claimed   .         .         .         .        ',
  requeued: '  .         .         .         queued    .         .         .         .        ',
  moved: '     queued    queued    queued    queued    .         .         .         .        ',
  ready: '     .         .         ready     ready     .         .         .         .        ',
  closed: '    .         .         .         .         closed    .         .         .        ',
  reopened: '  .         .         .         .         queued    queued    .         .        ',
  withdrawn: ' withdrawn withdrawn withdrawn withdrawn .         .         .         .        ',
  merged: '    merged    merged    merged    merged    .         .         .         .        ',
  corrected: ' open      queued    claimed   waiting   .         .         .         .        ',
  split: '     .         queued    claimed   .         .         .         .         .        ',
  handed: '    .         waiting   waiting   .         .         .         .         .        ',
  divided: '   .         waiting   waiting   .         .         .         .         .        ',
  'part-ready': '.        queued    claimed   waiting   .         .         .         .        ',
  'part-reopened': '.     queued    claimed   waiting   .         .         .         .        ',
  sent: '      .         .         .         waiting   .         .         .         .        ',
  faltered: '  .         .         .         waiting   .         .         .         .        ',
  reported: '  open      queued    claimed   waiting   ready     closed    .         .        ',
  linked: '    waiting   waiting   waiting       .         .         .         .         .        ',
  gathered: '  .         queued    claimed   waiting   .         .         .         .        ',
  declared: '  .         queued    claimed   waiting   .         .         .         .        ',
  'requester-set': 'open   queued    claimed   waiting   ready     .         .         .        ',
  prioritised: 'open     queued    claimed   waiting   .         .         .         .        ',
  delayed: '   .         queued    claimed   waiting   .         .         .         .        ',
  reminded: '  .         queued    claimed   waiting   .         .         .         .        ',
  added: '     open      queued    claimed   waiting   ready     .         .         .        ',
  called: '     open      queued    claimed   waiting   ready     closed    .         .        ',
  undone: '    open      queued    claimed   waiting   ready     closed    .         .        ',
  undelivered: 'open     queued    claimed   waiting   ready     closed    .         .        ',
  'taken-over': '.        queued    claimed   waiting   .         .         .         .        ',
  'handed-back': 'open     queued    claimed   waiting   ready     closed    .         .        ',
};

/** What only happens to a case that waits for approval. */
const SETTLES: ReadonlySet<CaseEventName> = new Set(['approval-asked', 'approved', 'refused', 'lapsed']);

const NAMES = Object.keys(TRANSITIONS).filter((name): name is CaseEventName => name in TRANSITIONS);

describe('the transitions of a case', () => {
  it.each(NAMES)('"%s" happens in the states where it may, and nowhere else', (name) => {
    const wanted = TABLE[name].trim().split(/\s+/);
    expect(wanted).toHaveLength(CASE_STATES.length);
    CASE_STATES.forEach((state, i) => {
      const it = caseIn(state, { approval: SETTLES.has(name) ? 'asked' : null });
      expect(mayHappen(name, it), `${name} in ${state}`).toBe(wanted[i] !== '.');
      if (wanted[i] === '.') expect(() => applyEvent(it, event(name))).toThrow(TransitionError);
      else expect(applyEvent(it, event(name)).state).toBe(wanted[i]);
    });
  });

  it('leave a withdrawn or merged case alone for good', () => {
    for (const name of NAMES)
      for (const state of ['withdrawn', 'merged'] as const)
        for (const approval of ['asked', 'given', null] as const) expect(mayHappen(name, { state, approval })).toBe(false);
  });

  it('lead from waiting for approval into a queue by nothing but the approval', () => {
    const asked = applyEvent(caseIn('open'), event('submitted', { kind: 'desk' }));
    expect(asked).toMatchObject({ state: 'waiting', approval: 'asked' });
    const leadsOn = NAMES.filter(
      (name) => TRANSITIONS[name].to === 'queued' || TRANSITIONS[name].to === 'claimed' || TRANSITIONS[name].to === 'ready',
    );
    expect(leadsOn.filter((name) => mayHappen(name, asked))).toEqual(['approved']);
    expect(applyEvent(asked, event('approved'))).toMatchObject({ state: 'queued', approval: 'given', round: asked.round + 1 });
    for (const name of ['refused', 'lapsed', 'withdrawn'] as const)
      expect(applyEvent(asked, event(name))).toMatchObject({ state: 'withdrawn', approval: null, round: asked.round });
    for (const name of SETTLES) expect(mayHappen(name, { state: 'waiting', approval: null })).toBe(false);
  });

  it('name the event and the state when something may not happen', () => {
    expect(() => applyEvent(caseIn('closed'), event('claimed'))).toThrow('"claimed" may not happen to a case that is closed');
  });
});

describe('an event on a case', () => {
  it('gives it to the worker who claimed it, and keeps it with him while it waits', () => {
    const claimed = applyEvent(caseIn('queued'), event('claimed'));
    expect(claimed.worker).toBe(WORKER);
    const waiting = applyEvent(claimed, event('waiting'));
    expect(applyEvent(waiting, event('resumed', { kind: 'requester' })).worker).toBe(WORKER);
    expect(applyEvent(waiting, event('moved')).worker).toBeNull();
    expect(applyEvent(claimed, event('released')).worker).toBeNull();
  });

  it('raises the round when it is queued anew, so that old tickets are known', () => {
    const released = applyEvent(applyEvent(caseIn('queued'), event('claimed')), event('released'));
    expect(released.round).toBe(2);
  });

  it('leaves the ticket of a queued case good when something is added to it', () => {
    const before = caseIn('queued');
    expect(applyEvent(before, event('added', { kind: 'requester' })).round).toBe(before.round);
  });

  it('remembers since when it is ready and forgets it when it is reopened', () => {
    const later = new Date(AT.getTime() + 60_000);
    const ready = applyEvent(caseIn('claimed', { worker: WORKER }), event('ready'));
    expect(ready.readyAt).toEqual(AT);
    expect(applyEvent(ready, event('added', { kind: 'requester' }, later)).readyAt).toEqual(AT);
    const closed = applyEvent(ready, event('closed', { kind: 'requester' }, later));
    expect([closed.readyAt, closed.closedAt]).toEqual([AT, later]);
    const reopened = applyEvent(closed, event('reopened', { kind: 'requester' }, later));
    expect([reopened.readyAt, reopened.closedAt, reopened.worker]).toEqual([null, null, null]);
  });

  it('changes what it says besides, and nothing else', () => {
    const before = caseIn('queued', { values: { place: 'A' } });
    const after = applyEvent(before, event('added'), { values: { place: 'B' } });
    expect({ ...after, values: before.values, events: before.events }).toEqual(before);
    expect(after.values).toEqual({ place: 'B' });
  });

  it('does not touch the case it came from', () => {
    const before = Object.freeze(caseIn('queued'));
    applyEvent(before, event('claimed'));
    expect(before.state).toBe('queued');
  });
});

describe('a case after any events', () => {
  const steps = fc.array(fc.record({ name: fc.constantFrom(...NAMES), minutes: fc.nat({ max: 600 }) }), { maxLength: 40 });

  it('is what its events say', () => {
    fc.assert(
      fc.property(steps, (many) => {
        let it = caseIn('open', { events: 1, round: 0 });
        let [events, rounds, at] = [1, 0, AT.getTime()];
        for (const { name, minutes } of many) {
          at += minutes * 60_000;
          // What nobody held goes back to the queue instead of to its worker.
          if (!mayHappen(name, it) || (name === 'resumed' && it.worker === null)) continue;
          const before = it;
          it = applyEvent(it, event(name, { kind: 'worker', id: WORKER }, new Date(at)));
          events += 1;
          if (TRANSITIONS[name].to === 'queued' || (name === 'prioritised' && it.state === 'queued')) rounds += 1;
          expect([it.events, it.round, it.id, it.reference]).toEqual([events, rounds, before.id, before.reference]);
          expect(it.state === 'claimed' ? it.worker : WORKER).toBe(WORKER);
          if (it.state === 'queued' || it.state === 'open') expect([it.worker, it.readyAt]).toEqual([null, null]);
          expect(it.closedAt !== null).toBe(['closed', 'withdrawn', 'merged'].includes(it.state));
          if (it.state === 'ready' || it.state === 'closed') expect(it.readyAt).not.toBeNull();
        }
      }),
    );
  });
});
