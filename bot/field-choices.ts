import type { Field, FieldChoice } from '../catalogue/index.ts';
import { ABSENT, type Reading, refused, taken } from './field-types.ts';
import { plain } from './field-words.ts';

/** Choices and yes or no. */

const YES =
  /^(?:ja|jawel|jazeker|jep|yep|yes|yeah|y|j|zeker|klopt|graag|prima|oke|ok|okay|sure|correct|inderdaad|doe maar|ja graag|true|indeed)(?![\w])/;
const NO = /^(?:nee|neen|nope|no|n|niet|geen|hoeft niet|liever niet|not|false|niemand|nobody|none)(?![\w])/;
/** A shorter word of a choice is too often part of something else to be looked for in a longer text. */
const SHORTEST = 3;

/** The choice that an answer means: its id, label or one of its words, or the only one that the answer names. */
export function readChoice(field: Field, text: string): Reading {
  const said = words(text);
  if (said === '') return refused('empty');
  const exact = field.choices.find((choice) => choice.id === text.trim() || names(choice).includes(said));
  if (exact) return taken(exact.id);
  const only = onlyNamed(field.choices, said, 1);
  return only ? taken(only.id) : refused('not-a-choice');
}

/** The choice that a longer text names, when it names just one. */
export function findChoice(field: Field, text: string): Reading {
  const only = onlyNamed(field.choices, words(text), SHORTEST);
  return only ? taken(only.id) : ABSENT;
}

export function readYesNo(text: string): Reading {
  const said = words(text);
  if (said === '') return refused('empty');
  if (NO.test(said)) return taken('no');
  return YES.test(said) ? taken('yes') : refused('not-yes-or-no');
}

function onlyNamed(choices: readonly FieldChoice[], said: string, shortest: number): FieldChoice | null {
  const spaced = ` ${said} `;
  const lengths = choices.map((choice) =>
    Math.max(0, ...names(choice).map((name) => (name.length >= shortest && spaced.includes(` ${name} `) ? name.length : 0))),
  );
  const longest = Math.max(0, ...lengths);
  // "Grote bus" means itself, also where "bus" is another choice; two that are named apart leave it open.
  const named = choices.filter((choice, i) => (lengths[i] ?? 0) > 0 && !isWithin(choice, choices, spaced, shortest));
  return longest > 0 && named.length === 1 ? (named[0] ?? null) : null;
}

/** Whether everything by which a choice is named only stands there as part of a longer name of another. */
function isWithin(choice: FieldChoice, choices: readonly FieldChoice[], spaced: string, shortest: number): boolean {
  let rest = spaced;
  const own = names(choice);
  for (const other of choices) {
    if (other === choice) continue;
    for (const name of names(other)) {
      if (own.some((it) => it.length >= shortest && name.length > it.length && ` ${name} `.includes(` ${it} `)))
        rest = rest.replaceAll(` ${name} `, '  ');
    }
  }
  return !own.some((name) => name.length >= shortest && rest.includes(` ${name} `));
}

function names({ id, label, words: synonyms }: FieldChoice): string[] {
  return [id, label.nl, label.en, ...synonyms].map(words).filter((name) => name !== '');
}

function words(text: string): string {
  return plain(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
