import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue, Team } from '../catalogue/index.ts';
import type { Case } from '../domain/index.ts';
import { EVA, SANNE, Simulator } from './test/simulator.ts';
import { NOW, type World, world } from './test/world.ts';

const AGREED = { id: 'heating', products: ['heating-cooling'], respond: 30, complete: 240 };

let shipped: World;
let guarded: World;
beforeAll(async () => {
  shipped = await world();
  guarded = withTeam(shipped, 'facilities', {
    hours: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: '07:30', to: '17:00' }]])),
    coordinator: 'coordinator@example.org',
    manager: 'manager@example.org',
    idle: { warn: 120, release: 240 },
  });
});

function withTeam(all: World, id: string, more: Partial<Team>): World {
  const { organisation } = all.catalogue;
  const teams = organisation.teams.map((team) => (team.id === id ? { ...team, ...more } : team));
  const catalogue: Catalogue = { ...all.catalogue, organisation: { ...organisation, agreements: [AGREED], teams } };
  return { ...all, catalogue };
}

/** A fault that was registered on Tuesday at eleven: reaction within 30 minutes, ready within four hours. */
function fault(all: World = guarded): { chat: Simulator; it: Case } {
  const chat = new Simulator(all);
  chat.say('het is bloedheet in kamer 3.14');
  return { chat, it: chat.only() };
}
function local(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000);
}
/** Lets the guard's timer fire when it is due. */
function fire(chat: Simulator, it: Case) {
  const due = chat.guards.get(it.id);
  if (!due) throw new Error('no timer is set');
  if (due > chat.now) chat.now = due;
  return chat.timer(it, 'guard');
}
const sent = (chat: Simulator) => chat.notices.map(({ kind, to }) => `${kind} ${to.role}`);

describe('a case that nobody takes up', () => {
  it('has the moments of its agreement, and the guard looks when four fifths of the first are gone', () => {
    const { chat, it } = fault();
    expect(it).toMatchObject({ respondBy: local(30), completeBy: local(240) });
    expect(chat.guards.get(it.id)).toEqual(local(24));
  });

  it('warns the team, then says it is late to coordinator and requester, then to the manager; each once', () => {
    const { chat, it } = fault();
    expect(fire(chat, it).text).toBe('');
    expect(sent(chat)).toEqual(['respond-soon team']);
    expect(fire(chat, it).text).toContain('Er heeft nog niemand naar');
    expect(sent(chat).slice(1)).toEqual(['respond-late team', 'respond-late coordinator']);
    fire(chat, it);
    expect(sent(chat).slice(3)).toEqual(['stays-late manager']);
    // The same timer once more finds nothing to do.
    const before = chat.notices.length;
    chat.timer(it, 'guard');
    expect(chat.notices).toHaveLength(before);
  });

  it('is spoken of once when the timer comes very late', () => {
    const { chat, it } = fault();
    chat.later(200);
    chat.timer(it, 'guard');
    expect(sent(chat)).toEqual(['stays-late manager', 'complete-soon team']);
  });
});

describe('a case in somebody’s hands', () => {
  it('is warned of to who holds it, and the bad news comes before it is asked for', () => {
    const { chat, it } = fault(withTeam(guarded, 'facilities', { idle: undefined }));
    chat.later(10);
    expect(chat.act(it, { action: 'claim' }).text).toBe(
      `Sanne van Gebouwbeheer is bezig met ${it.reference}. Verwacht klaar vandaag voor 15.00 uur.`,
    );
    fire(chat, it);
    expect(sent(chat)).toEqual([]);
    fire(chat, it);
    expect(chat.now).toEqual(local(192));
    expect(chat.notices).toMatchObject([{ kind: 'complete-soon', to: { role: 'worker', person: SANNE.id } }]);
    expect(fire(chat, it).text).toBe(
      `${it.reference} is niet op tijd klaar. Ik heb Gebouwbeheer gevraagd wanneer wel, je hoort het van me.`,
    );
    expect(sent(chat).slice(1)).toEqual(['complete-late worker', 'complete-late coordinator']);
  });

  it('stands still while the requester is asked: the deadline moves, and he hears of it', () => {
    const { chat, it } = fault();
    chat.act(it, { action: 'claim' });
    chat.later(60);
    chat.act(it, { action: 'ask', text: 'Welke kant van het gebouw?' });
    chat.later(20 * 60);
    chat.timer(it, 'guard');
    expect(chat.notices).toEqual([]);
    chat.later(4 * 60);
    expect(chat.say('de tuinkant, bij de trap').text).toContain('Verwacht klaar vandaag voor 15.00 uur.');
    expect(chat.case(it.id).completeBy?.getTime()).toBeGreaterThan(local(24 * 60).getTime());
  });

  it('that is idle is warned of, and goes back to the queue; what happens with it keeps it', () => {
    const { chat, it } = fault();
    chat.act(it, { action: 'claim' });
    chat.later(100);
    chat.act(it, { action: 'note', text: 'onderdeel besteld' });
    fire(chat, it);
    chat.now = local(130);
    chat.timer(it, 'guard');
    expect(chat.notices.filter(({ kind }) => kind === 'idle')).toEqual([]);
    chat.now = local(225);
    chat.timer(it, 'guard');
    expect(chat.notices.filter(({ kind }) => kind === 'idle')).toMatchObject([{ to: { role: 'worker', person: SANNE.id } }]);
    chat.now = local(345);
    chat.timer(it, 'guard');
    expect(chat.case(it.id)).toMatchObject({ state: 'queued', worker: null, round: 2 });
    expect(chat.notices.at(-1)).toMatchObject({ kind: 'taken-back', to: { person: SANNE.id } });
  });
});

describe('reminders', () => {
  it('wait until the team is open', () => {
    const { chat, it } = fault();
    chat.now = local(9 * 60);
    chat.timer(it, 'guard');
    expect(chat.notices).toEqual([]);
    expect(chat.guards.get(it.id)).toEqual(new Date('2026-11-25T06:30:00Z'));
    fire(chat, it);
    expect(sent(chat)).toContain('stays-late manager');
  });

  it('of an alarm do not: who stands by hears it at once, and the manager when nobody takes it', () => {
    const standby = { from: '2026-11-24T22:00', to: '2026-11-25T07:00', name: 'Noor', address: 'noor@example.org' };
    const team = { coordinator: 'coordinator@example.org', manager: 'manager@example.org', standby: [standby] };
    const chat = new Simulator(withTeam(shipped, 'security', team), { now: new Date('2026-11-24T23:00:00Z') });
    chat.say('er is brand in de kelder');
    const it = chat.only();
    expect(it).toMatchObject({ urgent: true, respondBy: chat.now });
    expect(chat.notices.map(({ to }) => to)).toEqual([{ role: 'team' }, { role: 'standby', address: 'noor@example.org' }]);
    fire(chat, it);
    expect(chat.now).toEqual(new Date('2026-11-24T23:05:00Z'));
    expect(sent(chat).slice(2)).toEqual(['urgent coordinator', 'urgent manager']);
    chat.timer(it, 'guard');
    expect(chat.notices).toHaveLength(4);
  });
});

describe('the expected moment', () => {
  it('is told with when the desk opens, outside its hours', () => {
    const chat = new Simulator(shipped, { now: new Date('2026-11-27T20:00:00Z') });
    expect(chat.say('het is bloedheet in kamer 3.14').text).toMatch(/We zijn ma 30 nov om 7\.30 uur weer open\. Reactie ma 30 nov voor \d/);
  });

  it('is corrected with the reason when it takes longer, and the new one is guarded', () => {
    const { chat, it } = fault(withTeam(guarded, 'facilities', { idle: undefined }));
    chat.act(it, { action: 'claim' });
    const until = local(26 * 60);
    const told = chat.act(it, { action: 'delay', reason: 'Het onderdeel komt morgen.', until });
    expect(told.text).toBe(`${it.reference} duurt langer dan ik zei. Het onderdeel komt morgen.\n\nNieuw moment: morgen voor 13.00 uur.`);
    expect(chat.case(it.id)).toMatchObject({ expectedBy: until, completeBy: local(240) });
    expect(chat.say('status').text).toContain('Verwacht klaar morgen voor 13.00 uur.');
    chat.act(it, { action: 'note', text: 'besteld' });
    chat.now = local(250);
    expect(chat.timer(it, 'guard').text).toBe('');
    chat.now = until;
    chat.timer(it, 'guard');
    expect(sent(chat)).toContain('promise-late worker');
  });

  it('that has been is no new moment', () => {
    const { chat, it } = fault();
    expect(chat.tryAct(it, { action: 'delay', reason: 'x', until: NOW })).toMatchObject({ kind: 'refused', code: 'too-early' });
  });

  it('is told when another priority changes it, and the case gets another place in the queue', () => {
    const agreed = { id: 'high', priorities: ['high'], respond: 10, complete: 60 } as const;
    const { catalogue } = guarded;
    const all = { ...guarded, catalogue: { ...catalogue, organisation: { ...catalogue.organisation, agreements: [agreed] } } };
    const { chat, it } = fault(all);
    expect(chat.act(it, { action: 'prioritise', priority: 'high' }).text).toBe(
      `Voor ${it.reference} geldt een ander moment. Reactie vandaag voor 11.10 uur.`,
    );
    expect(chat.case(it.id)).toMatchObject({ priority: 'high', respondBy: local(10), completeBy: local(60), round: 2, state: 'queued' });
  });

  it('differs by the requester’s department', () => {
    const agreed = { id: 'council', departments: ['Bestuur'], respond: 5, complete: 30 };
    const { catalogue } = guarded;
    const all = { ...guarded, catalogue: { ...catalogue, organisation: { ...catalogue.organisation, agreements: [agreed] } } };
    const chat = new Simulator(all, { person: { ...EVA, department: 'Bestuur' } });
    chat.say('het is bloedheet in kamer 3.14');
    expect(chat.only()).toMatchObject({ respondBy: local(5), completeBy: local(30) });
  });

  it('takes the time used along to another team', () => {
    const { chat, it } = fault();
    chat.later(20);
    const moved = chat.act(it, { action: 'move', team: 'logistics' });
    expect(chat.case(it.id)).toMatchObject({ team: 'logistics', respondBy: local(30), completeBy: local(270) });
    expect(moved.text).toContain('Reactie vandaag voor 11.30 uur.');
  });
});
