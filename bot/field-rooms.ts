import type { Building } from '../catalogue/index.ts';
import { type Language, normaliseRoom, type Room } from '../domain/index.ts';
import { placesIn } from './field-places.ts';
import { type ReadContext, type Reading, refused, taken } from './field-types.ts';
import { plain } from './field-words.ts';

/** Rooms in what people write of a place. Which there are is the register's to know: `roomTokens` are looked up before anything is decided. */

const WORD =
  '(?:kamernummer|kamer|ruimte|vergaderzaal|vergaderkamer|vergaderruimte|zaal|spreekkamer|overlegruimte|werkkamer|lokaal|meeting room|conference room|room|office)';
/** With the word of a room before it, or written as only rooms are: `3.14`, `A3.14`. */
const NUMBERED = new RegExp(`${WORD} (?:nr\\.? |nummer |number )?([a-z]{0,2}[-.]?\\d{1,4}(?:[.-]\\d{1,3})?[a-z]?)(?![\\w])`, 'g');
const BARE = /(?<![\w.])([a-z]?\d{1,2}[.-]\d{2,3}[a-z]?)(?![\w]|[.:]\d)/g;
const NAMED = new RegExp(`${WORD} (?:de |het |the )?(\\p{L}[\\p{L}'-]{2,24}(?: \\p{L}[\\p{L}'-]{2,24})?)`, 'gu');
const BUILDING = /(?:gebouw|building|vleugel|wing|toren|tower) ([a-z0-9]{1,3}|\p{L}{3,24})(?![\p{L}\d])/gu;
const MOST = 8;
const MOST_LETTERS = 2_000;

/** The rooms that a text may name, as they are looked up. */
export function roomTokens(text: string): string[] {
  const searched = text.slice(0, MOST_LETTERS);
  const places = placesIn(searched).map(({ value }) => value);
  const short = searched.length <= 60 ? [searched] : [];
  const tokens = [...places, ...short].flatMap((place) => [...numbersIn(place), ...namesIn(place)]);
  return [...new Set(tokens)].slice(0, MOST);
}

function numbersIn(place: string): string[] {
  const searched = plain(place);
  return [...searched.matchAll(NUMBERED), ...searched.matchAll(BARE)].map(([, code = '']) => normaliseRoom(code));
}

function namesIn(place: string): string[] {
  return [...plain(place).matchAll(NAMED)].flatMap(([, name = '']) => [normaliseRoom(name), normaliseRoom(name.split(' ')[0] ?? '')]);
}

/**
 * A place with the building and floor of the room that it names: "kamer 3.14 (gebouw A, 3e verdieping)". A place without a room stays as it is, and so
 * does everything while there is no list of rooms. A number that no room has is refused, and so is one that several buildings have.
 */
export function readRoom(place: string, context: ReadContext): Reading {
  const { rooms } = context;
  if (!rooms) return taken(place);
  const numbers = numbersIn(place);
  const found = [...numbers, ...namesIn(place)].flatMap((token) => rooms.get(token) ?? []);
  if (found.length === 0) return numbers.length > 0 ? refused('unknown-room') : taken(place);
  const said = buildingsSaid(place, context.buildings);
  const there = said.length === 0 ? found : found.filter(({ building }) => said.includes(building.toLowerCase()));
  const [room] = there;
  if (!room) return refused('unknown-room');
  if (there.some(({ building }) => building !== room.building)) return refused('which-building');
  return taken(withDetails(place, room, said.length > 0, context));
}

/** Ids of the buildings that a text names. */
function buildingsSaid(place: string, buildings: readonly Building[]): string[] {
  const searched = plain(place);
  const named = [...searched.matchAll(BUILDING)].map(([, name = '']) => name);
  const known = buildings.filter(
    ({ id, name, words }) =>
      [name.nl, name.en, ...words].some((word) => searched.includes(plain(word))) || named.includes(id.toLowerCase()),
  );
  return known.length > 0 ? known.map(({ id }) => id.toLowerCase()) : named;
}

function withDetails(place: string, room: Room, hasBuilding: boolean, { language, buildings }: ReadContext): string {
  const hasFloor = /verdieping|etage|floor|begane grond/i.test(place);
  const parts = [
    ...(hasBuilding ? [] : [buildingName(room.building, buildings, language)]),
    ...(hasFloor || room.floor === null ? [] : [floorName(room.floor, language)]),
  ];
  return parts.length === 0 ? place : `${place} (${parts.join(', ')})`;
}

function buildingName(id: string, buildings: readonly Building[], language: Language): string {
  const known = buildings.find((building) => building.id.toLowerCase() === id.toLowerCase());
  return known?.name[language] ?? `${language === 'nl' ? 'gebouw' : 'building'} ${id}`;
}

function floorName(floor: string, language: Language): string {
  if (!/^-?\d{1,2}$/.test(floor)) return floor;
  if (Number(floor) === 0) return language === 'nl' ? 'begane grond' : 'ground floor';
  if (language === 'en') return `floor ${Number(floor)}`;
  return Number(floor) < 0 ? `verdieping ${Number(floor)}` : `${Number(floor)}e verdieping`;
}
