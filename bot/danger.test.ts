import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dangerIn, numberFor } from './danger.ts';
import { world } from './test/world.ts';

const { catalogue } = await world();

interface Row {
  /** The id of the danger, or null for what must not alarm. */
  readonly danger: string | null;
  readonly language: string;
  readonly text: string;
}

function rowsOf(file: string): Row[] {
  const lines = readFileSync(new URL(`../test/danger/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [danger = '', language = '', text = ''] = line.split('\t');
    return { danger: danger === '-' ? null : danger, language, text };
  });
}

const seen = (text: string) => dangerIn(catalogue, text)?.danger.id ?? null;
const missed = (rows: readonly Row[]) => rows.filter(({ danger, text }) => danger !== null && seen(text) === null).map(({ text }) => text);
const alarmed = (rows: readonly Row[]) => rows.filter(({ danger, text }) => danger === null && seen(text) !== null).map(({ text }) => text);

describe('danger', () => {
  const phrases = rowsOf('phrases.tsv');

  it.each(['nl', 'en'])('has at least a hundred phrases each way (%s)', (language) => {
    const all = [...phrases, ...rowsOf('held-out.tsv')].filter((row) => row.language === language);
    expect(all.filter(({ danger }) => danger !== null).length).toBeGreaterThanOrEqual(100);
    expect(all.filter(({ danger }) => danger === null).length).toBeGreaterThanOrEqual(100);
  });

  it('is seen in every phrase that it was written for, and in none of the ordinary ones', () => {
    expect(missed(phrases)).toEqual([]);
    expect(alarmed(phrases)).toEqual([]);
  });

  it('is not mistaken between what is alarmed and what is confidential', () => {
    const kinds = new Map(catalogue.organisation.dangers.map(({ id, kind }) => [id, kind]));
    const crossed = phrases.filter(({ danger, text }) => danger !== null && kinds.get(danger) !== kinds.get(seen(text) ?? ''));
    expect(crossed).toEqual([]);
  });

  it('is seen in phrases that nobody tuned it on, as often as docs/decisions.md says', () => {
    const rows = rowsOf('held-out.tsv');
    const [dangerous, harmless] = [rows.filter(({ danger }) => danger !== null), rows.filter(({ danger }) => danger === null)];
    expect(missed(rows).length / dangerous.length).toBeLessThanOrEqual(0.2);
    expect(alarmed(rows).length / harmless.length).toBeLessThanOrEqual(0.05);
  });

  it('is in few of the catalogue’s own examples, and those are true', () => {
    const texts = catalogue.products.flatMap(({ team, examples }) =>
      Object.values(examples).flatMap((kinds) => Object.values(kinds).flatMap((list) => list.map((text) => ({ team, text })))),
    );
    const found = texts.filter(({ text }) => seen(text) !== null);
    expect(found.length).toBeLessThanOrEqual(texts.length / 200);
    expect(found.filter(({ team }) => team !== 'security' && team !== 'facilities')).toEqual([]);
  });

  it.each([
    ['capitals and signs', 'BRAND!!!!! IN DE KELDER', 'fire'],
    ['accents', 'collega is ín elkaar gezákt', 'unwell'],
    ['swapped letters', 'er is barnd in de kelder', 'fire'],
    ['a letter too few', 'mijn collega is flauwgevalen', 'unwell'],
    ['letters held down', 'heeeelp braaaand', 'fire'],
    ['another order', 'in de lift zitten we vast', 'lift'],
    ['a greeting and a signature around it', 'Beste servicedesk,\n\nEr komt rook uit de meterkast.\n\nGroet,\nPiet', 'fire'],
    ['an ordinary question before it', 'hoe laat gaat de kantine open? o en er ligt iemand bewusteloos op de gang', 'unwell'],
    ['a question about first aid beside it', 'waar is de ehbo kist er is iemand in elkaar gezakt', 'unwell'],
    ['what was, and is again', 'gisteren rook het ook al naar gas en nu weer', 'gas'],
    ['a drill that it is not', 'dit is geen oefening, er is brand in de keuken', 'fire'],
  ])('is seen through %s', (_, text, danger) => {
    expect(seen(text)).toBe(danger);
  });

  it('is spoken of in the language of its phrase', () => {
    expect(dangerIn(catalogue, 'er is brand')?.language).toBe('nl');
    expect(dangerIn(catalogue, 'there is a fire')?.language).toBe('en');
  });

  it('takes bounded work, whatever the text', () => {
    for (const text of ['', ' ', '\u0000', 'a'.repeat(100_000), 'er is '.repeat(20_000), '((((…+=*<>'.repeat(2_000), '🔥'.repeat(5_000)])
      expect(seen(text)).toBeNull();
    expect(seen(`${'de printer is leeg. '.repeat(300)}er is brand`)).toBe('fire');
  });

  it('has the number of the site that is named, else the one for everywhere', () => {
    const [danger] = catalogue.organisation.dangers;
    if (!danger) throw new Error('no danger');
    const some = { ...danger, numbers: [{ number: '5555' }, { site: 'Gemeentewerf', number: '6666' }] };
    expect(numberFor(some, 'brand op de gemeentewerf')).toBe('6666');
    expect(numberFor(some, 'brand in de keuken')).toBe('5555');
    const yard = {
      id: 'yard',
      name: { nl: 'Gemeentewerf', en: 'Works yard' },
      words: ['werf'],
      buildings: [{ id: 'W', name: { nl: 'gebouw W', en: 'building W' }, words: [] }],
    };
    for (const text of ['brand in gebouw W', 'rook op de werf', 'fire at the works yard'])
      expect(numberFor(some, text, [yard])).toBe('6666');
    expect(numberFor(some, 'brand in gebouw A', [yard])).toBe('5555');
  });
});
