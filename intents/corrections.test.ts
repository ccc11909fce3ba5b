import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../catalogue/index.ts';
import { type Correction, examplesToJudge, examplesWith, judgedBy, taughtBy } from './corrections.ts';
import { examplesOf } from './examples.ts';
import { judge, objection } from './gate.ts';
import { train } from './train.ts';

const loaded = await loadCatalogue(fileURLToPath(new URL('../catalogue', import.meta.url)));
if (loaded.kind !== 'ok') throw new Error('the shipped catalogue has mistakes');
const catalogue = { ...loaded.catalogue, products: loaded.catalogue.products.slice(0, 12) };
const [first, second] = catalogue.products;
if (!first || !second) throw new Error('too few products');

let ids = 0;
const correction = (text: string, given: Partial<Correction> = {}): Correction => {
  ids += 1;
  return { id: `c${ids}`, text, language: 'nl', product: first.id, kind: 'fault', by: 'anna', ...given };
};

describe('what a model learns of corrections', () => {
  it('drops those of products that are gone, keeps what no product fits, and of one text the latest', () => {
    const gone = correction('de fax piept', { product: 'fax' });
    const none = correction('wat is de zin van het leven', { product: null });
    const [old, latest] = [correction('Het knarst hier!'), correction('het knarst hier', { product: second.id })];
    expect(taughtBy(catalogue, [gone, old, none, latest])).toEqual([none, latest]);
  });

  it('lets one person weigh no more than ten towards a product, the latest ones; others are not touched by it', () => {
    const many = Array.from({ length: 25 }, (_, i) => correction(`het ding ${'abcdefghijklmnopqrstuvwxyz'[i]} rammelt`));
    const others = [correction('iets van een ander', { by: 'bert' }), correction('anders', { product: second.id })];
    const taught = taughtBy(catalogue, [...many, ...others]);
    expect(taught).toEqual([...many.slice(-10), ...others]);
  });

  it('lets a correction of a text of the catalogue take its place', () => {
    const [own] = examplesOf(catalogue).filter((it) => it.product === second.id && it.kind !== undefined);
    const taught = [correction(own?.text ?? '')];
    const all = examplesWith(catalogue, taught).filter(({ text }) => text === own?.text);
    expect(all.map(({ product }) => product)).toEqual([first.id]);
    expect(examplesWith(catalogue, [])).toEqual(examplesOf(catalogue));
  });

  it('is judged by questions that it has not learned, the same ones each time, and by what was corrected before', () => {
    const before = [correction('het knarst hier')];
    const rows = judgedBy(catalogue, before);
    const learned = new Set(examplesToJudge(catalogue, [...before, correction('en dit rammelt')]).map(({ text }) => text));
    const ofCatalogue = rows.slice(0, -1);
    expect(ofCatalogue.length).toBeGreaterThan(20);
    expect(ofCatalogue.filter(({ text }) => learned.has(text))).toEqual([]);
    expect(rows.at(-1)).toMatchObject({ text: 'het knarst hier', product: first.id });
    expect(learned.has('het knarst hier') && learned.has('en dit rammelt')).toBe(true);
    const reversed = judgedBy({ ...catalogue, products: [...catalogue.products].reverse() }, before);
    expect(new Set(reversed.map(({ text }) => text))).toEqual(new Set(rows.map(({ text }) => text)));
  });
});

describe('the gate', () => {
  const inForce = train(examplesToJudge(catalogue, []));
  const judged = (taught: readonly Correction[]) =>
    judge('m1', train(examplesToJudge(catalogue, taught)), inForce, judgedBy(catalogue, []));

  it('has no objection to the same again, nor to one correction of something new', () => {
    const same = judged([]);
    expect(same.candidate).toEqual(same.inForce);
    expect(objection(same)).toBeNull();
    expect(objection(judged([correction('de flapdrol van mijn klapwiek is zoek')]))).toBeNull();
  });

  it('names the product that one person took the questions of, and which', () => {
    const stolen = examplesOf(catalogue)
      .filter(({ product, kind }) => product === second.id && kind !== undefined)
      .map(({ text }, i) => correction(text, { by: `person ${Math.floor(i / 10)}` }));
    const judgement = judged(taughtBy(catalogue, stolen));
    const reason = objection(judgement);
    expect(reason).toContain(`${second.id} `);
    expect(reason).toMatch(/\d+ of \d+ right, was \d+ \(".+" → /);
    expect(judgement.lost.some(({ product }) => product === second.id)).toBe(true);
  });

  it('objects when the whole is worse though no product is, and when kinds are; one question more or less is chance', () => {
    const products = Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, { rows: 10, right: 8 }]));
    const score = { rows: 40, right: 32, kindRight: 36, products };
    const judgement = { against: 'm1', inForce: score, candidate: score, lost: [] };
    const reason = (candidate: Partial<typeof score>) => objection({ ...judgement, candidate: { ...score, ...candidate } });
    expect(reason({})).toBeNull();
    expect(reason({ right: 31, kindRight: 35 })).toBeNull();
    expect(reason({ right: 30 })).toBe('30 of 40 right, was 32');
    expect(reason({ kindRight: 34 })).toBe('kind of 34 of 40 right, was 36');
    expect(reason({ right: 33, products: { ...products, a: { rows: 10, right: 6 } } })).toBe('a 6 of 10 right, was 8');
    expect(reason({ products: { b: { rows: 10, right: 8 } } })).toContain('a 0 of 10');
  });
});
