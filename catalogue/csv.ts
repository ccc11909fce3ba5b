import { pipeline, Readable } from 'node:stream';
import { type Options, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';

/** A file is no csv, or not in a writing that can be read without guessing. */
export class CsvError extends Error {}

/** A record with its place in the file. */
export interface CsvRecord {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [';', ',', '\t'] as const;
/** No cell of ours is nearly so long: beyond it a quote was never closed. */
const MAX_RECORD = 100_000;

/**
 * Reads csv as people's programs write it: separated by semicolon (Dutch Excel), comma or tab, UTF-8 with or without a mark, or the UTF-16 of
 * "Unicode text". Blank records are left out. A little at a time, however long it is.
 * @throws CsvError naming the line
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const text = decoded(bytes);
  let head = '';
  while (!head.includes('\n') && head.length < MAX_RECORD) {
    const part = await text.next();
    if (part.done) break;
    head += part.value;
  }
  const options: Options = { delimiter: separatorOf(head), relax_column_count: true, max_record_size: MAX_RECORD, escape: '"' };
  const parser = parse(options);
  // What goes wrong in the bytes ends the parser, which says so below.
  pipeline(Readable.from(from(head, text)), parser, () => {});
  let row = 0;
  try {
    for await (const record of parser) {
      row += 1;
      const cells = Array.isArray(record) ? record.map((cell) => plain(String(cell))) : [];
      if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
    }
  } catch (error) {
    if (error instanceof CsvError) throw error;
    throw new CsvError(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    parser.destroy();
  }
}

async function* from(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

/** As a Dutch Excel opens it by a double click: semicolons, and the mark by which it knows UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${stringify(
    rows.map((cells) => cells.map(harmless)),
    { delimiter: ';', record_delimiter: '\r\n' },
  )}`;
}

/** What a spreadsheet would take for a formula gets an apostrophe, which it does not show; one that stood there already gets another. */
function harmless(cell: string): string {
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function plain(cell: string): string {
  const text = cell.replace(/\r\n?/g, '\n');
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** The one that the header has most of. */
function separatorOf(text: string): string {
  const header = text.split(/\r?\n/, 1)[0]?.replace(/"[^"]*"/g, '') ?? '';
  const counts = SEPARATORS.map((separator) => header.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ';';
}

/** @throws CsvError for bytes that are no text: to guess their writing would spoil names */
async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder = new TextDecoder('utf-8', { fatal: true });
  let begun = false;
  let line = 1;
  for await (const chunk of bytes) {
    if (!begun && chunk[0] === 0xff && chunk[1] === 0xfe) decoder = new TextDecoder('utf-16le', { fatal: true });
    begun = true;
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      throw notText(line + linesBefore(chunk));
    }
    line += text.split('\n').length - 1;
    if (text.includes('\0')) throw new CsvError('is no text: it has NUL characters; save it as "CSV UTF-8"');
    if (text !== '') yield text;
  }
  try {
    decoder.decode();
  } catch {
    throw notText(line);
  }
}

function notText(line: number): CsvError {
  return new CsvError(`line ${line} is not UTF-8: save it as "CSV UTF-8" (in Excel: Opslaan als, CSV UTF-8)`);
}

/** Line ends before the first bytes that are no UTF-8. */
function linesBefore(chunk: Uint8Array): number {
  const good = new TextDecoder().decode(chunk).split('\uFFFD', 1)[0] ?? '';
  return good.split('\n').length - 1;
}
