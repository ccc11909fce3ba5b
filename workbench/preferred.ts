import { roomTokens } from '../bot/index.ts';
import { buildingsOfPlace, type Catalogue, plainWords, wordsOfPlace } from '../catalogue/index.ts';
import { normaliseRoom, type Room, type WorkProfile } from '../domain/index.ts';
import type { WaitingCase } from '../register/index.ts';

/** The rooms with these normalised numbers or names; null while there is no list of rooms. */
export type LookUpRooms = (tokens: readonly string[]) => Promise<ReadonlyMap<string, readonly Room[]> | null>;

/**
 * Puts what somebody would rather have before its equals, each in the order it had: first what is both of his products and at his places,
 * then what is one of the two. Nothing is left out.
 */
export async function preferredFirst(
  equals: readonly WaitingCase[],
  profile: Pick<WorkProfile, 'products' | 'places'>,
  catalogue: Catalogue,
  rooms: LookUpRooms,
): Promise<readonly WaitingCase[]> {
  const there = profile.places.length > 0 ? await casesAt(profile.places, equals, catalogue, rooms) : new Set<WaitingCase>();
  const score = (it: WaitingCase): number => Number(it.product !== null && profile.products.includes(it.product)) + Number(there.has(it));
  return equals.toSorted((a, b) => score(b) - score(a));
}

/** Those that name one of the places, or a room in it; what names no room is where its requester has his. */
async function casesAt(
  places: readonly string[],
  cases: readonly WaitingCase[],
  { organisation: { sites } }: Catalogue,
  rooms: LookUpRooms,
): Promise<ReadonlySet<WaitingCase>> {
  const names = places.flatMap((place) => wordsOfPlace(sites, place));
  const buildings = new Set(places.flatMap((place) => buildingsOfPlace(sites, place)));
  const tokens = new Map(cases.map((it) => [it, tokensOf(it)]));
  const found = await rooms([...new Set([...tokens.values()].flat())]);
  const inBuilding = (it: WaitingCase): boolean =>
    (tokens.get(it) ?? []).some((token) => found?.get(token)?.some(({ building }) => buildings.has(building.toLowerCase())));
  const isNamed = (it: WaitingCase): boolean => {
    const said = ` ${plainWords(wordsOf(it))} `;
    return names.some((name) => said.includes(` ${name} `));
  };
  return new Set(cases.filter((it) => isNamed(it) || inBuilding(it)));
}

function tokensOf(it: WaitingCase): string[] {
  const named = roomTokens(wordsOf(it));
  return named.length > 0 || it.room === null ? named : [normaliseRoom(it.room)];
}

function wordsOf({ title, text, values }: WaitingCase): string {
  return [title, text, ...Object.values(values)].join('\n');
}
