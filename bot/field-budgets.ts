import { normaliseBudget } from '../catalogue/index.ts';
import { ABSENT, type ReadContext, type Reading, refused, taken } from './field-types.ts';
import { MOST_TEXT } from './field-words.ts';

/** Budget numbers in free text. Which exist is the register's to know: `budgetTokens` are looked up before anything is decided. */

const NAMED =
  /\b(?:budget(?:nummer|code| number)?|kostenplaats|kostendrager|cost ?cent(?:re|er)|projectnummer|project number|grootboek)(?: (?:nr|no|is|van|number|nummer|code))?\.?[ :]{0,3}(?<number>[a-z]{0,4}[ .-]?\d[\d ./-]{0,14}\d|[a-z]{0,4}[ .-]?\d{2,})/gi;
/** Two groups of digits, or five and more together, that are no date, time, postcode or phone number. */
const BARE =
  /(?<![\w+€./:-]|€ |\d )(?<!\b(?:factuur|invoice|order|bestelling|zaak|dossier|ticket|case|kenmerk|code|tel|telefoon|phone|nummer|number|nr)(?:nummer|number|nr)?[.:]? (?:nr\.? )?)(?!0)(?:\d{3,6}[ -]\d{2,4}|\d{5,10})(?![\w:]|[.,/-]\d| \d| ?(?:euro|uur|€))/gi;
const WHOLE = /^\s*[a-z]{0,4}[ .-]?\d{4,10}\s*$/i;
const SHORTEST = 3;
/** So many are looked up at most. */
const MOST = 10;

/** Budget-number-like parts of a text, normalised, the likeliest first; to be looked up before deciding. */
export function budgetTokens(text: string): string[] {
  const searched = text.slice(0, MOST_TEXT).replace(/[\u2010-\u2015]/g, '-');
  const tokens = [...searched.matchAll(NAMED)].map(({ groups }) => groups?.number ?? '');
  if (WHOLE.test(searched)) tokens.push(searched);
  for (const [token] of searched.matchAll(BARE)) if (!/^(?:19|20)\d\d[-.]/.test(token)) tokens.push(token);
  const normalised = tokens.map(normaliseBudget).filter((token) => token.length >= SHORTEST);
  return [...new Set(normalised)].slice(0, MOST);
}

/** A budget number as the answer to its question; it must exist and be open. */
export function readBudget(text: string, context: ReadContext): Reading {
  if (text.trim() === '') return refused('empty');
  const known = knownIn([normaliseBudget(text.slice(0, MOST_TEXT)), ...budgetTokens(text)], context);
  if (known.some(({ open }) => open)) return found(known);
  return refused(known.length > 0 ? 'closed-budget' : 'unknown-budget');
}

/** A budget number that a longer text names and that can be used. */
export function findBudget(text: string, context: ReadContext): Reading {
  return found(knownIn(budgetTokens(text), context));
}

function found(known: readonly { readonly number: string; readonly open: boolean }[]): Reading {
  const open = known.find((budget) => budget.open);
  return open ? taken(open.number) : ABSENT;
}

function knownIn(tokens: readonly string[], { budgets }: ReadContext): { readonly number: string; readonly open: boolean }[] {
  return tokens.flatMap((token) => {
    const budget = budgets.get(token);
    return budget ? [budget] : [];
  });
}
