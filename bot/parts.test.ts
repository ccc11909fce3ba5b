import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '../domain/index.ts';
import { possibleActions } from './possible-actions.ts';
import { OMAR, SANNE, Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let shipped: World;
beforeAll(async () => {
  shipped = await world();
});

/** A new employee, asked for until it is registered. */
function newEmployee(desk: Simulator): void {
  desk.say('nieuwe medewerker aanmelden, Piet de Vries begint op 1 februari 2027');
  const form = desk.open.findLast(({ kind }) => kind === 'form');
  const values = { change: 'starts', employee: 'Piet de Vries', 'start-date': '2027-02-01' };
  if (form) desk.fill(Object.fromEntries(Object.entries(values).filter(([id]) => desk.fields(form.id).includes(id))));
}

const whole = (desk: Simulator): Case => {
  const it = desk.cases().find(({ divided }) => divided);
  if (!it) throw new Error('nothing was divided');
  return it;
};
const part = (desk: Simulator, id: string): Case => {
  const it = desk.cases().find((one) => one.part?.id === id);
  if (!it) throw new Error(`there is no part ${id}`);
  return it;
};
/** A colleague does a part from beginning to end. */
const finish = (desk: Simulator, id: string, text = 'Gedaan.') => {
  desk.act(part(desk, id), { action: 'claim' });
  return desk.act(part(desk, id), { action: 'ready', text });
};

describe('a case of several parts', () => {
  let desk: Simulator;
  beforeEach(() => {
    desk = new Simulator(shipped);
    newEmployee(desk);
  });

  it('is one case to its requester and a case of its own to each team', () => {
    expect(whole(desk)).toMatchObject({ state: 'waiting', team: 'hr', worker: null });
    expect(
      desk
        .cases()
        .filter((it) => it.part)
        .map((it) => [it.part?.id, it.team, it.state]),
    ).toEqual([
      ['badge', 'security', 'queued'],
      ['accounts', 'ict', 'queued'],
      ['laptop', 'ict', 'open'],
      ['workplace', 'facilities', 'open'],
    ]);
    for (const it of desk.cases().filter((one) => one.part)) {
      expect(it.title).toContain(':');
      expect(it.text).toBe(whole(desk).text);
      expect(it.values).toEqual(whole(desk).values);
    }
    expect(part(desk, 'badge').completeBy).not.toBeNull();
  });

  it('queues a part when what it waits for is ready, and not before', () => {
    finish(desk, 'badge');
    expect(part(desk, 'laptop').state).toBe('open');
    finish(desk, 'accounts');
    expect(part(desk, 'laptop')).toMatchObject({ state: 'queued', round: 1 });
    expect(part(desk, 'workplace').state).toBe('open');
  });

  it('is reported ready once, when all its parts are, and no part says a word of its own', () => {
    const said = ['badge', 'accounts', 'laptop'].flatMap((id) => finish(desk, id).replies);
    expect(said).toEqual([]);
    expect(whole(desk).state).toBe('waiting');
    const last = finish(desk, 'workplace');
    expect(last.replies).toHaveLength(1);
    expect(last.text).toContain(whole(desk).reference);
    expect(last.text).toContain('Alles is klaar: toegangspas, accounts, laptop en werkplek.');
    expect(whole(desk).state).toBe('ready');
    desk.say('ja');
    expect(desk.cases().map(({ state }) => state)).toEqual(desk.cases().map(() => 'closed'));
  });

  it('keeps what a worker writes at a part for colleagues', () => {
    finish(desk, 'badge', 'Pas 1234 ligt klaar.');
    expect(desk.notes).toEqual([{ case: part(desk, 'badge').id, text: 'Pas 1234 ligt klaar.' }]);
  });

  it('tells who asks which part waits, and for what', () => {
    finish(desk, 'badge');
    const { text } = desk.say('status');
    expect(text).toContain(whole(desk).reference);
    expect(text).toContain('- Toegangspas: klaar');
    expect(text).toContain('- Laptop: wacht op accounts');
    for (const it of desk.cases().filter((one) => one.part)) expect(text).not.toContain(it.reference);
  });

  it('asks what a worker wants to know under the number of the whole, and the answer goes to his part', () => {
    desk.act(part(desk, 'badge'), { action: 'claim' });
    const asked = desk.act(part(desk, 'badge'), { action: 'ask', text: 'Welke zone?' });
    expect(asked.text).toContain(whole(desk).reference);
    expect(asked.text).not.toContain(part(desk, 'badge').reference);
    expect(asked.replies[0]?.card?.reference).toBe(whole(desk).reference);
    desk.say('zone B');
    expect(part(desk, 'badge')).toMatchObject({ state: 'claimed', worker: SANNE.id });
    expect(whole(desk).state).toBe('waiting');
  });

  it('is withdrawn with all that is not done', () => {
    finish(desk, 'badge');
    desk.act(part(desk, 'accounts'), { action: 'claim' });
    desk.say('laat maar');
    desk.say('ja');
    expect(whole(desk).state).toBe('withdrawn');
    expect(['badge', 'accounts', 'laptop', 'workplace'].map((id) => part(desk, id).state)).toEqual([
      'closed',
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ]);
  });

  it('opens nothing again that a worker does not choose', () => {
    for (const id of ['badge', 'accounts', 'laptop', 'workplace']) finish(desk, id);
    desk.say('nee, de laptop doet het niet');
    expect(whole(desk).state).toBe('queued');
    expect(part(desk, 'laptop').state).toBe('ready');
    desk.act(whole(desk), { action: 'claim' });
    const again = desk.act(whole(desk), { action: 'reopen-parts', parts: [part(desk, 'laptop').id] });
    expect(again.text).toContain('laptop');
    expect(whole(desk)).toMatchObject({ state: 'waiting', worker: null });
    expect(['badge', 'accounts', 'laptop', 'workplace'].map((id) => part(desk, id).state)).toEqual(['ready', 'ready', 'queued', 'ready']);
    expect(finish(desk, 'laptop').text).toContain('Alles is klaar');
    expect(whole(desk).state).toBe('ready');
  });

  it('refuses to open a part again that is under way', () => {
    const result = desk.tryAct(whole(desk), { action: 'reopen-parts', parts: [part(desk, 'badge').id] });
    expect(result).toMatchObject({ kind: 'refused' });
  });

  it('offers at a part nothing that would write to the requester but a question', () => {
    desk.act(part(desk, 'badge'), { action: 'claim' });
    const actions = possibleActions(part(desk, 'badge'), SANNE.id, null, null);
    expect(actions).toContain('ask');
    for (const silent of ['reply', 'chat', 'declare', 'link', 'split'] as const) expect(actions).not.toContain(silent);
    expect(possibleActions(part(desk, 'laptop'), OMAR.id, null, null)).toEqual(['note']);
  });
});

describe('what is no new employee', () => {
  it('is done as one when nothing of the template fits', () => {
    const desk = new Simulator(shipped);
    desk.say('Anna Smit krijgt een andere functie per 1 februari 2027, indiensttreding niet nodig');
    expect(desk.cases().some(({ divided }) => divided)).toBe(false);
  });
});
