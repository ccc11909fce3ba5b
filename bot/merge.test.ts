import { beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../domain/index.ts';
import { OMAR, SANNE, Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let shipped: World;
beforeAll(async () => {
  shipped = await world();
});

/** Somebody asks the same twice; the first is worked on, the second merged into it. */
function asked(): { readonly desk: Simulator; readonly first: Case; readonly second: Case } {
  const desk = new Simulator(shipped);
  const [first] = desk.say('het is veel te warm in kamer 3.14').opened;
  const [second] = desk.say('de airco in kamer 3.14 doet niets').opened;
  if (!first || !second) throw new Error('two cases were to be opened');
  return { desk, first, second };
}

function merged() {
  const { desk, first, second } = asked();
  desk.act(first, { action: 'gather' });
  const told = desk.act(second, { action: 'merge', into: first.id });
  const [group] = desk.disruptions;
  if (!group) throw new Error('nothing was gathered');
  return { desk, first, second, told, group };
}

describe('merging two cases that ask the same', () => {
  it('leaves one to work on; the other waits without a deadline, and its requester is told', () => {
    const { desk, first, second, told } = merged();
    expect(desk.case(second.id)).toMatchObject({ state: 'waiting', respondBy: null, completeBy: null, worker: null });
    expect(desk.case(first.id).state).toBe('queued');
    expect(told.text).toContain(`${second.reference} gaat over hetzelfde als ${first.reference}`);
    expect(desk.history(first.id)).toContain('gathered');
    expect(desk.lines.findLast(({ case: of, name }) => of === second.id && name === 'linked')?.actor).toBe('worker');
  });

  it('says neither the number nor the words of somebody else', () => {
    const { desk, first, second } = asked();
    desk.act(first, { action: 'gather' });
    const stranger = new Simulator(shipped, { cases: [desk.case(second.id)] });
    stranger.disruptions = desk.disruptions;
    const { text } = stranger.act(second, { action: 'merge', into: first.id });
    expect(text).toContain(second.reference);
    expect(text).not.toContain(first.reference);
    expect(text).not.toContain(first.title);
  });

  it('reports all ready with one word, each under its own number', () => {
    const { desk, first, second, group } = merged();
    desk.act(first, { action: 'claim' });
    desk.act(first, { action: 'ready', text: 'De klep is vervangen.' });
    const end = desk.ended.get(group.id);
    expect(end).toEqual({ kind: 'solved', text: 'De klep is vervangen.' });
    const told = desk.hears(second, group, end ?? null);
    expect(told.text).toContain(second.reference);
    expect(told.text).toContain('De klep is vervangen.');
    expect(desk.case(second.id).state).toBe('ready');
    expect(desk.hears(second, group, end ?? null).replies).toEqual([]);
  });

  it('tells a later moment to all', () => {
    const { desk, first, second } = merged();
    desk.act(first, { action: 'claim' });
    desk.act(first, { action: 'delay', reason: 'Het onderdeel komt later.', until: new Date(desk.now.getTime() + 3 * 86_400_000) });
    const [later] = desk.disruptions;
    const told = later && desk.hears(second, later);
    expect(told?.text).toContain(second.reference);
    expect(told?.text).not.toContain(first.title);
  });

  it('is undone: the other is queued again with a deadline of its own', () => {
    const { desk, second } = merged();
    desk.act(second, { action: 'unlink' });
    expect(desk.case(second.id)).toMatchObject({ state: 'queued', disruption: null });
    expect(desk.case(second.id).respondBy).not.toBeNull();
  });

  it('ends when nobody works on the one any more: the other is looked at by itself', () => {
    const { desk, first, second, group } = merged();
    desk.say(`trek ${first.reference} in`);
    desk.say('ja');
    expect(desk.case(first.id).state).toBe('withdrawn');
    expect(desk.ended.get(group.id)).toEqual({ kind: 'dissolved' });
    desk.hears(second, group, { kind: 'dissolved' });
    expect(desk.case(second.id).state).toBe('queued');
  });

  it('is announced to nobody: who reports the same later is registered like anybody', () => {
    const { desk } = merged();
    const [third] = desk.say('het is bloedheet in kamer 3.14').opened;
    expect(third?.disruption ?? null).toBeNull();
    expect(desk.waitsFor).not.toContain('known-disruption');
  });

  it('lets who holds a case merge it, and nobody else', () => {
    const { desk, first, second } = asked();
    desk.act(second, { action: 'claim' });
    desk.act(first, { action: 'gather' });
    expect(desk.tryAct(second, { action: 'merge', into: first.id }, OMAR).kind).toBe('refused');
    desk.act(second, { action: 'merge', into: first.id }, SANNE);
    expect(desk.case(second.id)).toMatchObject({ state: 'waiting', worker: null });
  });

  it('makes no chains and no circles', () => {
    const { desk, first, second } = merged();
    expect(desk.tryAct(first, { action: 'merge', into: second.id }).kind).toBe('refused');
    expect(desk.tryAct(second, { action: 'gather' }).kind).toBe('refused');
    expect(desk.tryAct(first, { action: 'merge', into: first.id }).kind).toBe('refused');
  });

  it('becomes a disruption when it is declared one, with those that were merged', () => {
    const { desk, first, group } = merged();
    desk.act(first, { action: 'claim' });
    desk.act(first, { action: 'declare', title: 'Koeling derde verdieping', place: '3.14', until: null });
    expect(desk.disruptions).toEqual([expect.objectContaining({ id: group.id, announced: true, place: '3.14' })]);
  });
});
