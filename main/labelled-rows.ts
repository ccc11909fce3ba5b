/** Reads files of labelled questions: one JSON object a line, `{text, product|null, kind?, lang?|language?}`. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { KINDS, type Kind, LANGUAGES, type Language } from '../domain/index.ts';
import { UsageError } from './usage-error.ts';

/** A question and what it is; `product` null when no product fits it. */
export interface LabelledRow {
  readonly text: string;
  readonly product: string | null;
  readonly kind?: Kind | undefined;
  readonly language?: Language | undefined;
}

const oneOf = (values: readonly string[]): string => `must be one of ${values.join(', ')}`;

/** A key that it does not know is left alone: data sets carry more than we ask. */
const lineSchema = z.object({
  text: z.string('must be a text').refine((text) => text.trim() !== '', 'must not be empty'),
  product: z
    .string('must be the id of a product, or null when none fits')
    .min(1, 'must be the id of a product, or null when none fits')
    .nullable(),
  kind: z.enum(KINDS, oneOf(KINDS)).nullish(),
  lang: z.enum(LANGUAGES, oneOf(LANGUAGES)).nullish(),
  language: z.enum(LANGUAGES, oneOf(LANGUAGES)).nullish(),
});

/** How many mistakes are named before the rest is only counted. */
const NAMED = 10;

/**
 * The rows of a file. Lines without a sign on them are passed over.
 * @throws UsageError that names the file and each line that cannot be used
 */
export async function readLabelledRows(file: string): Promise<LabelledRow[]> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const rows: LabelledRow[] = [];
  const problems: string[] = [];
  content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((line, at) => {
      if (line.trim() === '') return;
      const read = rowOf(line);
      if ('problem' in read) problems.push(`${file}:${at + 1}: ${read.problem}`);
      else rows.push(read.row);
    });
  if (problems.length > 0) {
    const more = problems.length > NAMED ? [`and ${problems.length - NAMED} more lines`] : [];
    throw new UsageError([`${file} cannot be used:`, ...problems.slice(0, NAMED), ...more].join('\n'));
  }
  if (rows.length === 0)
    throw new UsageError(`${file} has no rows; each line must be like {"text": "my screen is black", "product": "screen"}`);
  return rows;
}

function rowOf(line: string): { readonly row: LabelledRow } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { problem: `is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'must be an object {text, product}' };
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return { problem: parsed.error.issues.map(({ path, message }) => `"${path.join('.')}" ${message}`).join('; ') };
  const { text, product, kind, lang, language } = parsed.data;
  return { row: { text, product, kind: kind ?? undefined, language: language ?? lang ?? undefined } };
}
