import { foldLetters } from './phrase.ts';
import type { Site } from './types.ts';

/** The first site that a text names: by its name, by what people call it, or by one of its buildings; null when it names none. */
export function siteNamed(sites: readonly Site[], text: string): Site | null {
  const said = ` ${plainWords(text)} `;
  return sites.find((site) => namesOf(site).some((name) => name !== '' && said.includes(` ${name} `))) ?? null;
}

/** Everything that a site goes by, as words. */
export function namesOf({ id, name, words, buildings }: Site): string[] {
  const own = [id, name.nl, name.en, ...words];
  return [...own, ...buildings.flatMap((building) => [building.name.nl, building.name.en, ...building.words])].map(plainWords);
}

/** Small letters without accents, with one blank between words. */
export function plainWords(text: string): string {
  return (
    foldLetters(text)
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}

/** What a place goes by, as words: a site with its buildings (`<site>`), or one building (`<site>/<building>`); none when it is no place of these sites. */
export function wordsOfPlace(sites: readonly Site[], place: string): string[] {
  const [id, ...rest] = place.split('/');
  const site = sites.find((known) => known.id === id);
  if (!site || rest.length === 0) return site ? namesOf(site).filter(Boolean) : [];
  const building = site.buildings.find((known) => known.id === rest.join('/'));
  return building ? [building.name.nl, building.name.en, ...building.words].map(plainWords).filter(Boolean) : [];
}

/** Whether the sites have what a place names. */
export function isPlace(sites: readonly Site[], place: string): boolean {
  return wordsOfPlace(sites, place).length > 0;
}

/** The buildings of a place, by their ids, in small letters. */
export function buildingsOfPlace(sites: readonly Site[], place: string): string[] {
  const [id, ...rest] = place.split('/');
  const buildings = sites.find((known) => known.id === id)?.buildings ?? [];
  return (rest.length === 0 ? buildings.map((known) => known.id) : [rest.join('/')]).map((known) => known.toLowerCase());
}
