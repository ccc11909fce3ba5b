/** What a mail brings along: who wrote it, and which cases it answers. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Case, CaseId, PersonId, Sender } from '../domain/index.ts';
import { idOf } from './test/ids.ts';
import { EVA, Simulator, type Turn } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let shared: World;
beforeAll(async () => {
  shared = await world();
});

const EVA_PROVEN: Sender = { kind: 'requester', proven: true };
const EVA_UNPROVEN: Sender = { kind: 'requester', proven: false };
const PIM: Sender = { kind: 'other', person: idOf<PersonId>(9, 4) };
const DAY = 24 * 60;

/** A case of Eva's that her team works on. */
function reported(of: World = shared): { readonly desk: Simulator; readonly it: Case } {
  const desk = new Simulator(of, { pace: 'slow' });
  mail(desk, 'De lamp in gang 2 op de eerste verdieping is kapot.');
  return { desk, it: desk.only() };
}

function mail(desk: Simulator, text: string, sender: Sender = EVA_PROVEN, about: readonly CaseId[] = []): Turn {
  return desk.message({ text, answer: null, pace: 'slow', sender, about });
}

function finished(of: World = shared): { readonly desk: Simulator; readonly it: Case } {
  const { desk, it } = reported(of);
  desk.act(it, { action: 'claim' });
  desk.act(it, { action: 'ready', text: 'De lamp brandt weer.' });
  return { desk, it };
}

describe('the requester answers what was said on a case', () => {
  it('more about it is added to it, and is no new case', () => {
    const { desk, it } = reported();
    mail(desk, 'Het gaat om de derde lamp vanaf de lift, bij het raam.', EVA_PROVEN, [it.id]);
    expect(desk.cases()).toHaveLength(1);
    expect(desk.history(it.id)).toContain('added');
  });

  it('what was reported ready is opened again, with what is still wrong', () => {
    const { desk, it } = finished();
    const turn = mail(desk, 'De lamp knippert nu de hele tijd.', EVA_PROVEN, [it.id]);
    expect(desk.case(it.id).state).toBe('queued');
    expect(turn.text).toContain(it.reference);
    expect(desk.cases()).toHaveLength(1);
  });

  it('thanks open nothing', () => {
    const { desk, it } = finished();
    mail(desk, 'Bedankt voor de snelle hulp!', EVA_PROVEN, [it.id]);
    expect(desk.history(it.id)).not.toContain('reopened');
    expect(desk.cases()).toHaveLength(1);
  });

  it('good news confirms it', () => {
    const { desk, it } = finished();
    mail(desk, 'Top, hij doet het weer!', EVA_PROVEN, [it.id]);
    expect(desk.case(it.id).state).toBe('closed');
  });

  it('a closed case is opened again within two weeks', () => {
    const { desk, it } = finished();
    desk.press('yes');
    expect(desk.case(it.id).state).toBe('closed');
    desk.later(13 * DAY);
    mail(desk, 'De lamp is weer stuk gegaan.', EVA_PROVEN, [it.id]);
    expect(desk.case(it.id).state).toBe('queued');
    expect(desk.cases()).toHaveLength(1);
  });

  it('later it is a new case, that follows on the old one', () => {
    const { desk, it } = finished();
    desk.press('yes');
    desk.later(15 * DAY);
    const turn = mail(desk, 'De lamp in gang 2 is weer stuk gegaan.', EVA_PROVEN, [it.id]);
    expect(desk.case(it.id).state).toBe('closed');
    const [fresh] = turn.opened;
    expect(desk.lines.find((line) => line.case === fresh?.id && line.name === 'opened')?.data).toMatchObject({ follows: it.reference });
  });

  it('the organisation says how long it may be opened again', () => {
    const { catalogue } = shared;
    const days = (reopenDays: number): World => ({
      ...shared,
      catalogue: { ...catalogue, organisation: { ...catalogue.organisation, reopenDays } },
    });
    for (const [period, after, states] of [
      [30, 15, ['queued']],
      [3, 4, ['closed', 'queued']],
    ] as const) {
      const { desk, it } = finished(days(period));
      desk.press('yes');
      desk.later(after * DAY);
      mail(desk, 'De lamp in gang 2 is weer stuk gegaan.', EVA_PROVEN, [it.id]);
      expect(desk.cases().map(({ state }) => state)).toEqual(states);
    }
  });

  it('also when the old one is named by its reference', () => {
    const { desk, it } = finished();
    desk.press('yes');
    desk.later(15 * DAY);
    const turn = mail(desk, `De lamp van ${it.reference} in gang 2 is weer kapot`, EVA_PROVEN);
    expect(turn.opened).toHaveLength(1);
    expect(desk.case(it.id).state).toBe('closed');
  });

  it('an old thread used for something else is a new case', () => {
    const { desk, it } = finished();
    const turn = mail(desk, 'Kunnen jullie voor donderdag lunch bezorgen voor 12 personen in zaal 2.01?', EVA_PROVEN, [it.id]);
    expect(desk.case(it.id).state).toBe('ready');
    expect(turn.text).not.toContain(it.reference);
    expect(desk.waitsFor).not.toEqual([]);
  });
});

describe('somebody else writes', () => {
  it('it is added and marked, nothing is said back, and nothing is opened', () => {
    const { desk, it } = reported();
    const turn = mail(desk, 'Bij ons is het ook donker. Hoe staat het ermee?', PIM, [it.id]);
    expect(turn.replies).toEqual([]);
    expect(desk.lines.at(-1)).toMatchObject({ case: it.id, name: 'added', actor: 'desk', data: { by: 'other' } });
    expect(desk.links.get(it.id)?.size).toBeGreaterThan(2);
  });

  it.each(['Trek maar in, het is niet meer nodig.', 'Ja, het is goed zo.', 'Nee, het is nog steeds kapot.'])(
    'and decides nothing: "%s"',
    (text) => {
      const { desk, it } = finished();
      mail(desk, text, PIM, [it.id]);
      expect(desk.case(it.id).state).toBe('ready');
      expect(desk.waitsFor).toContain('confirm-ready');
    },
  );

  it('what a worker waits for goes on: it may be the answer', () => {
    const { desk, it } = reported();
    desk.act(it, { action: 'claim' });
    desk.act(it, { action: 'ask', text: 'Welke lamp?' });
    mail(desk, 'Het is de derde vanaf de lift.', PIM, [it.id]);
    expect(desk.case(it.id).state).toBe('claimed');
    expect(desk.waitsFor).toContain('worker-question');
  });

  it('but danger goes first, whoever writes it', () => {
    const { desk } = reported();
    const turn = mail(desk, 'Er is brand op de tweede verdieping!', PIM);
    expect(turn.opened[0]?.urgent).toBe(true);
  });
});

describe('a sender who cannot be shown to be the requester', () => {
  it('adds to the case of whom he says to be, and no more', () => {
    const { desk, it } = finished();
    const turn = mail(desk, 'Ja hoor, sluit maar.', EVA_UNPROVEN, [it.id]);
    expect(turn.replies).toEqual([]);
    expect(desk.case(it.id).state).toBe('ready');
    expect(desk.lines.at(-1)?.data).toMatchObject({ by: 'unproven' });
  });

  it('gets a case of his own, but withdraws nothing and is told nothing', () => {
    const desk = new Simulator(shared, { pace: 'slow', person: { ...EVA, verified: false } });
    mail(desk, 'De lamp in gang 2 op de eerste verdieping is kapot.', EVA_UNPROVEN);
    const it = desk.only();
    const status = mail(desk, 'Hoe staat het met mijn melding?', EVA_UNPROVEN);
    expect(status.text).not.toContain(it.reference);
    const cancel = mail(desk, 'Trek mijn melding maar in.', EVA_UNPROVEN);
    expect(cancel.text).toContain('niet vaststellen');
    expect(desk.waitsFor).not.toContain('withdraw');
    expect(desk.case(it.id).state).toBe('queued');
  });
});

it('what was too large is told, beside the answer', () => {
  const desk = new Simulator(shared, { pace: 'slow' });
  const turn = desk.message({
    text: 'De lamp in gang 2 op de eerste verdieping is kapot.',
    answer: null,
    pace: 'slow',
    notTaken: [{ name: 'film.mp4', reason: 'too-large', limit: 50 * 1024 * 1024 }],
  });
  expect(turn.opened).toHaveLength(1);
  expect(turn.text).toContain('"film.mp4" kon ik niet meenemen: het is groter dan 50 MB');
});

it('what is encrypted is told, and is a case that a person looks at', () => {
  const desk = new Simulator(shared, { pace: 'slow' });
  const turn = desk.message({
    text: 'Kapotte lamp in gang 2 op de eerste verdieping',
    answer: null,
    pace: 'slow',
    notTaken: [{ reason: 'encrypted' }],
  });
  expect(turn.opened).toHaveLength(1);
  expect(turn.text).toContain('Je bericht is versleuteld, dus ik kan de inhoud niet lezen');
});
