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
