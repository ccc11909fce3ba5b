/**
 * The reference of a case, e.g. `SD-7K3Q-MX2J`: short, readable aloud, and a typing error is noticed.
 * No vowels (no accidental words), no 0/O, 1/I. The last character checks the other seven
 * by the Luhn algorithm mod N (ISO/IEC 7812-1 annex B, generalised), which sees every single wrong character
 * and every swap of two neighbours but one pair.
 */

declare const brand: unique symbol;
export type Reference = string & { readonly [brand]: 'reference' };

const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789';
const SIZE = ALPHABET.length;
const BODY = 7;

/** Finds a reference written anyhow ("sd 7k3qmx2p"); null when its check character is wrong. */
export function parseReference(text: string): Reference | null {
  const match = /^\s*SD[\s-]*([A-Z2-9]{4})[\s-]*([A-Z2-9]{4})\s*$/i.exec(text);
  if (!match) return null;
  const body = `${match[1]}${match[2]}`.toUpperCase();
  if (checkCharacter(body.slice(0, BODY)) !== body[BODY]) return null;
  return format(body);
}

/** All references that stand in a text, each once. */
export function findReferences(text: string): Reference[] {
  const found = new Set<Reference>();
  for (const match of text.matchAll(/\bSD[\s-]?[A-Z2-9]{4}[\s-]?[A-Z2-9]{4}\b/gi)) {
    const reference = parseReference(match[0]);
    if (reference) found.add(reference);
  }
  return [...found];
}

/** Whether a text names something that was meant as a reference, but has a typing error in it. */
export function hasMistypedReference(text: string): boolean {
  return /\bSD-[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}\b/i.test(text) && findReferences(text).length === 0;
}

/** A new reference. @param random gives whole numbers below its argument */
export function newReference(random: (below: number) => number): Reference {
  let body = '';
  for (let i = 0; i < BODY; i++) body += ALPHABET[random(SIZE)];
  return format(body + checkCharacter(body));
}

function checkCharacter(body: string): string | null {
  let sum = 0;
  for (let i = body.length - 1, factor = 2; i >= 0; i--, factor = 3 - factor) {
    const code = ALPHABET.indexOf(body[i] ?? '');
    if (code < 0) return null;
    const product = code * factor;
    sum += Math.floor(product / SIZE) + (product % SIZE);
  }
  return ALPHABET[(SIZE - (sum % SIZE)) % SIZE] ?? null;
}

function format(body: string): Reference {
  const text = `SD-${body.slice(0, 4)}-${body.slice(4)}`;
  if (!isReference(text)) throw new TypeError(`not a reference: ${text}`);
  return text;
}

function isReference(text: string): text is Reference {
  return /^SD-[BCDFGHJ-NP-TV-XZ2-9]{4}-[BCDFGHJ-NP-TV-XZ2-9]{4}$/.test(text);
}
