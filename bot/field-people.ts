import type { Field } from '../catalogue/index.ts';
import { type ListedPerson, normaliseRoom, type PeopleWanted } from '../domain/index.ts';
import { nameAfter } from './field-names.ts';
import { roomTokens } from './field-rooms.ts';
import { ABSENT, type ReadContext, type Reading, refused, taken } from './field-types.ts';

/**
 * People of the organisation in what others write of them: a name, an address, a room. Who there is, is the register's to know: `peopleWanted` are looked
 * up before anything is decided, and of who is found that way it is judged here who is meant.
 */

/** More than this nobody chooses among. */
const MOST_CHOICES = 6;
const MOST_NAMES = 6;
const MOST_ADDRESSES = 4;
const MOST_WORDS = 6;
/** A longer answer says more than a name. */
const MOST_ANSWER = 8;
const MOST_LETTERS = 200;
const MOST_TEXT = 2_000;
const ADDRESS = /[^\s<>,;:()"'@]{1,64}@[^\s<>,;:()"'@]{1,190}\.[^\s<>,;:()"'.@]{2,60}/g;
const CAPITALS =
  /\p{Lu}[\p{L}'’.-]*(?:\s+(?:(?:van|de|den|der|ter|ten|te|het|la|le|el|al|von|du|da|dos|di|op|in)\s+){0,3}\p{Lu}[\p{L}'’.-]*)*/gu;
/** What the name of a list's person is told apart by, as it is kept: "Jan de Vries (jan@example.org)". */
const TOLD_APART = /^(?<name>[^()]+)\((?<by>[^()]+)\)\s*$/;
const QUOTED = /^\s*["“„](?<name>[^"”“„]+)["”“]\s*$/;
const HOLDER = ['budgethouder', 'budget holder', 'houder van het budget'];

/** Whom a text may speak of, as they are looked up. */
export function peopleWanted(text: string): PeopleWanted {
  const searched = text.slice(0, MOST_TEXT);
  const addresses = [...searched.matchAll(ADDRESS)].map(([address]) => address);
  const lines = searched.split('\n').flatMap((line) => {
    const name = cleanName(line.replace(/^[^:=]{1,60}[:=]\s*(?=\S)/, '').replace(/\([^()]*\)\s*$/, ''));
    return isName(name) ? [name] : [];
  });
  const capitals = [...searched.replace(ADDRESS, ' ').matchAll(CAPITALS)].map(([name]) => name.replace(/[.'’-]+$/, ''));
  const names = [...lines, ...capitals.filter(isName).sort((a, b) => b.length - a.length)];
  return {
    addresses: [...new Set(addresses)].slice(0, MOST_ADDRESSES),
    rooms: roomTokens(searched).filter((token) => /\d/.test(token)),
    names: [...new Set(names)].slice(0, MOST_NAMES),
  };
}

function isName(text: string): boolean {
  return text.length > 1 && text.length <= 60 && text.split(' ').length <= MOST_WORDS && /\p{L}{2}/u.test(text) && !/[\d@?]/.test(text);
}

/** Somebody as the answer to the question who it is. */
export function readPerson(field: Field, text: string, context: ReadContext): Reading {
  const name = cleanName(QUOTED.exec(text)?.groups?.name ?? text);
  const asWritten = name === '' ? refused('empty') : name.length > MOST_LETTERS ? refused('too-long') : taken(name);
  if (isOutside(field, context) || asWritten.kind !== 'taken' || QUOTED.test(text)) return asWritten;
  const found = meant(field, text, context);
  if (found !== null) return found;
  return mustBeListed(field) ? refused('unknown-person') : asWritten;
}

/** Somebody whom a longer message names behind the field's words; one whom the list does not know only where the field takes him. */
export function findPerson(field: Field, text: string, context: ReadContext): Reading {
  const words = field.find ?? (field.type === 'budget-holder' ? HOLDER : []);
  const name = nameAfter(words, text);
  if (name === null) return ABSENT;
  const found = isOutside(field, context) ? null : meant(field, name, context);
  if (found === null) return mustBeListed(field) && context.people ? ABSENT : taken(name);
  if (found.kind === 'taken') return found;
  return field.required === 'optional' && !mustBeListed(field) ? taken(name) : ABSENT;
}

/** Whether a few words are the name of somebody in the list, or of several. */
export function namesListed(field: Field, text: string, context: ReadContext): boolean {
  const asksWho = field.type === 'person' || field.type === 'budget-holder';
  if (!asksWho || isOutside(field, context) || text.trim().split(/\s+/).length > MOST_ANSWER) return false;
  const found = meant(field, text, context);
  return found?.kind === 'taken' || (found?.kind === 'refused' && found.reason === 'which-person');
}

function isOutside(field: Field, { people }: ReadContext): boolean {
  return people === null || field.who === 'outsider';
}

function mustBeListed(field: Field): boolean {
  return field.type === 'budget-holder' || field.who === 'listed';
}

/** Who of the list is meant, or why that is not clear; null when it is nobody of them. */
function meant(field: Field, text: string, context: ReadContext): Reading | null {
  const all = named(text, context.people ?? []);
  if (all.length === 0) return null;
  const fitting = field.type === 'budget-holder' ? all.filter(({ holdsBudget }) => holdsBudget) : all;
  const [only, ...others] = fitting;
  if (!only) return refused('no-budget-holder');
  if (others.length === 0) return taken(asKept(only));
  return refused('which-person', fitting.length > MOST_CHOICES ? [] : fitting);
}

function named(text: string, people: readonly ListedPerson[]): ListedPerson[] {
  const { addresses, rooms, names } = peopleWanted(text);
  const byAddress = people.filter(({ address }) => address !== null && addresses.some((it) => it.toLowerCase() === address.toLowerCase()));
  if (byAddress.length > 0) return byAddress;
  const apart = TOLD_APART.exec(text.trim())?.groups;
  if (apart) {
    const by = wordsOf(apart.by ?? '').join(' ');
    const same = people.filter(
      (it) => isSame(wordsOf(apart.name ?? ''), it) && tellsApart(it).some((word) => wordsOf(word).join(' ') === by),
    );
    if (same.length > 0) return same;
  }
  for (const name of names) {
    const found = byName(wordsOf(name), people);
    if (found.length > 0) return found;
  }
  return people.filter(({ room }) => room !== null && rooms.includes(normaliseRoom(room)));
}

/** The ways in which a name may be meant, the likeliest first: as it stands, as a part of one, and with a slip of the pen. */
function byName(words: readonly string[], people: readonly ListedPerson[]): ListedPerson[] {
  if (words.length === 0) return [];
  for (const fits of [isSame, isPart, isAlike]) {
    const found = people.filter((it) => fits(words, it));
    if (found.length > 0) return found;
  }
  return [];
}

function isSame(words: readonly string[], { name }: ListedPerson): boolean {
  return wordsOf(name).join(' ') === words.join(' ');
}

/** "Jan", "J. de Vries", "Vries, Jan de". */
function isPart(words: readonly string[], { name }: ListedPerson): boolean {
  return eachFits(words, wordsOf(name), (said, own) => said === own || (said.length === 1 && own.startsWith(said)));
}

function isAlike(words: readonly string[], { name }: ListedPerson): boolean {
  return eachFits(words, wordsOf(name), (said, own) => {
    if (said === own || (said.length === 1 && own.startsWith(said))) return true;
    const slips = Math.min(said.length, own.length) >= 8 ? 2 : Math.min(said.length, own.length) >= 4 ? 1 : 0;
    return slips > 0 && distance(said, own, slips) <= slips;
  });
}

/** Whether every word said is one of the name's, each another. */
function eachFits(said: readonly string[], own: readonly string[], fits: (said: string, own: string) => boolean): boolean {
  const left = [...own];
  return said.every((word) => {
    const exact = left.indexOf(word);
    const at = exact >= 0 ? exact : left.findIndex((it) => fits(word, it));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Letters more, fewer, other or exchanged between two words; anything above `most` is as good as more. */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[other.length] ?? most + 1;
}

const LETTERS: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th' };

function wordsOf(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđßæœıþ]/g, (letter) => LETTERS[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function tellsApart({ address, department, room }: ListedPerson): string[] {
  return [address, department, room].filter((it) => it !== null);
}

/** As a case keeps him: read again it is himself. */
export function asKept(person: ListedPerson): string {
  const [by] = tellsApart(person);
  return by === undefined ? person.name : `${person.name} (${by})`;
}

/** As he is told apart from others whose names are like his. */
export function asChoice(person: ListedPerson): string {
  const by = [person.department, person.room].filter((it) => it !== null);
  const shown = by.length > 0 ? by : tellsApart(person).slice(0, 1);
  return shown.length === 0 ? person.name : `${person.name} (${shown.join(', ')})`;
}

/** The way to say that it is somebody else of that name. */
export function asSomebodyElse(name: string): string {
  return `"${cleanName(name).replace(/["“”„]/g, '')}"`;
}

/** "Het is voor Jan de Vries." is Jan de Vries. */
export function cleanName(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(
      /^(?:(?:nee|ja|no|yes|oh|sorry),? )?(?:(?:het|dat|die|it|that) (?:is|heet)|it's|that's|for|voor|namelijk|mijn collega|my colleague)(?: (?:voor|for))? /i,
      '',
    )
    .replace(/[\s,;:!?]+$/, '')
    .replace(/(?<=\p{L}{2})\.$/u, '');
}
