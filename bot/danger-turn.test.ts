import { describe, expect, it } from 'vitest';
import { type Setting, Simulator } from './test/simulator.ts';
import { world } from './test/world.ts';

const shared = await world();
const talk = (setting: Setting = {}) => new Simulator(shared, setting);
const firstLine = (text: string) => text.split('\n')[0];

describe('danger that is spoken of', () => {
  it('is answered with the number first and an urgent case for the team, due now, in one turn', () => {
    const it = talk();
    const { replies, opened } = it.say('er komt rook uit de meterkast');
    expect(firstLine(replies[0]?.text ?? '')).toBe('Bel nu 5555. Zie je vuur, bel dan eerst 112.');
    expect(replies).toHaveLength(1);
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatchObject({
      team: 'security',
      kind: 'fault',
      state: 'queued',
      urgent: true,
      product: null,
      why: { rule: 'danger' },
    });
    expect(opened[0]?.title).toMatch(/^SPOED: brand · Er komt rook|^SPOED: brand · er komt rook/);
    expect(opened[0]?.respondBy).toEqual(it.now);
    expect(opened[0]?.completeBy).toEqual(it.now);
    expect(it.links.get(it.only().id)?.size).toBe(2);
  });

  it('is answered in English when it is written so', () => {
    const { replies, opened } = talk().say('someone collapsed in the canteen');
    expect(firstLine(replies[0]?.text ?? '')).toMatch(/^Call 5555 now\./);
    expect(opened[0]?.title).toMatch(/^URGENT: somebody unwell or hurt/);
  });

  it('asks an anonymous visitor nothing first; where it is comes after and holds nothing up', () => {
    const it = talk({ person: null });
    const { opened, text } = it.say('help we zitten vast in de lift');
    expect(opened[0]).toMatchObject({ person: null, state: 'queued', urgent: true });
    expect(text).toContain('met wie spreek ik');
    expect(it.waitsFor).toEqual(['where']);
    const { cases } = it.say('gebouw B, tussen 2 en 3, ik ben Sam');
    expect(cases[0]?.title).toBe('SPOED: vast in de lift · gebouw B, tussen 2 en 3, ik ben Sam · help we zitten…');
    expect(it.waitsFor).toEqual([]);
    expect(it.cases()).toHaveLength(1);
  });

  it('asks for no place that was said', () => {
    const it = talk();
    it.say('brand in kamer 3.14');
    expect(it.waitsFor).toEqual([]);
  });

  it('leaves what was open underneath', () => {
    const it = talk();
    it.say('ik wil morgen een taxi');
    const before = it.waitsFor;
    expect(before).toContain('form');
    it.say('collega is in elkaar gezakt');
    expect(it.waitsFor).toEqual([...before, 'where']);
    it.say('bij de receptie');
    expect(it.waitsFor).toEqual(before);
  });

  it('is seen in what is typed into a form', () => {
    const it = talk({ person: null });
    it.say('de koffieautomaat is leeg');
    const { replies, opened } = it.fill({ 'contact.name': 'er is brand', 'contact.address': 'x' });
    expect(firstLine(replies[0]?.text ?? '')).toMatch(/^Bel nu 5555/);
    expect(opened).toHaveLength(1);
    expect(it.waitsFor).toContain('form');
  });

  it('that is spoken of again is the same case, and the number stands first again', () => {
    const it = talk();
    it.say('er is brand in de keuken');
    const again = it.say('er komt steeds meer rook');
    expect(it.cases()).toHaveLength(1);
    expect(firstLine(again.text)).toMatch(/^Bel nu 5555/);
    expect(it.history(it.only().id)).toEqual(['opened', 'queued', 'added']);
    const asked = it.say('welk nummer moest ik ook alweer bellen?');
    expect(firstLine(asked.text)).toMatch(/^Bel nu 5555/);
    expect(it.cases()).toHaveLength(1);
    it.say('en er is iemand bewusteloos');
    expect(it.cases()).toHaveLength(2);
  });

  it('stays urgent when it is moved', () => {
    const it = talk();
    it.say('er is brand in de keuken');
    it.act(it.only(), { action: 'move', team: 'facilities' });
    expect(it.only()).toMatchObject({ urgent: true, team: 'facilities', respondBy: it.now });
  });
});

describe('harassment and distress', () => {
  it.each([
    ['ik word gepest op het werk', /^Bel 1155: onze vertrouwenspersonen Marloes Dekker en Rachid Amrani/],
    ['I want to end my life', /^Call 113 or 0800-0113/],
  ])('get the confidential adviser and no case: %s', (text, line) => {
    const it = talk();
    const turn = it.say(text);
    expect(firstLine(turn.text)).toMatch(line);
    expect(it.cases()).toEqual([]);
    expect(turn.effects.map(({ kind }) => kind)).toEqual(['say', 'state']);
    expect(JSON.stringify(turn.effects)).not.toContain(text);
  });

  it('stay so when more is told, until it surely is about something else', () => {
    const it = talk();
    it.say('mijn chef zit steeds aan me');
    it.say('hij doet dat al maanden en niemand doet er iets aan');
    expect(it.cases()).toEqual([]);
    expect(it.waitsFor).toEqual([]);
    it.say('de koffieautomaat op de derde is leeg');
    expect(it.cases()).toHaveLength(1);
  });
});
