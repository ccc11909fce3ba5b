import type { Field, FieldChoice } from '../catalogue/index.ts';
import type { Language } from '../domain/index.ts';
import { ABSENT, type Reading, refused, taken } from './field-types.ts';
import { plain } from './field-words.ts';

/** Choices and yes or no. */

const YES =
  /^(?:ja|jawel|jazeker|jep|yep|yes|yeah|y|j|zeker|klopt|graag|prima|oke|ok|okay|sure|correct|inderdaad|doe maar|ja graag|true|indeed)(?![\w])/;
const NO = /^(?:nee|neen|nope|no|n|niet|geen|hoeft niet|liever niet|not|false|niemand|nobody|none)(?![\w])/;
/** A shorter word of a choice is too often part of something else to be looked for in a longer text. */
const SHORTEST = 3;

/** The choice that an answer means: its id, label or one of its words, or the only one that the answer names. */
export function readChoice(field: Field, text: string, language: Language): Reading {
  const said = words(text);
  if (said === '') return refused('empty');
  const exact = field.choices.find((choice) => choice.id === text.trim() || allNames(choice).includes(said));
  if (exact) return taken(exact.id);
  const only = onlyNamed(field.choices, said, 1, language);
  return only ? taken(only.id) : refused('not-a-choice');
}

/** The choice that a longer text names, when it names just one. */
export function findChoice(field: Field, text: string, language: Language): Reading {
  const only = onlyNamed(field.choices, words(text), SHORTEST, language);
  return only ? taken(only.id) : ABSENT;
}

export function readYesNo(text: string): Reading {
  const said = words(text);
  if (said === '') return refused('empty');
  if (NO.test(said)) return taken('no');
  return YES.test(said) ? taken('yes') : refused('not-yes-or-no');
}

interface Named {
  readonly choice: FieldChoice;
  readonly names: readonly string[];
}

/** "Grote bus" means itself, also where "bus" is another choice; two that are named apart leave it open. */
function onlyNamed(choices: readonly FieldChoice[], said: string, shortest: number, language: Language): FieldChoice | null {
  const all = choices.map((choice) => ({ choice, names: namesIn(choice, language).filter((name) => name.length >= shortest) }));
  const [only, ...others] = all.filter((one) => isNamed(one, all, ` ${said} `));
  return only && others.length === 0 ? only.choice : null;
}

/** Whether a name of the choice stands there, other than as a part of a longer name of another choice. */
function isNamed(one: Named, all: readonly Named[], said: string): boolean {
  let rest = said;
  for (const other of all) {
    if (other === one) continue;
    const longer = other.names.filter((name) => one.names.some((own) => name.length > own.length && ` ${name} `.includes(` ${own} `)));
    for (const name of longer) rest = rest.replaceAll(` ${name} `, '  ');
  }
  return one.names.some((name) => rest.includes(` ${name} `));
}

/** What a choice is called in a sentence of one language: an English label may be a Dutch preposition ("van"). */
function namesIn({ label, words: synonyms }: FieldChoice, language: Language): string[] {
  return [label[language], ...synonyms].map(words).filter((name) => name !== '');
}

function allNames({ id, label, words: synonyms }: FieldChoice): string[] {
  return [id, label.nl, label.en, ...synonyms].map(words);
}

function words(text: string): string {
  return plain(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
