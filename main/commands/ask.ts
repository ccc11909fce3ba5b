import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dangerIn } from '../../bot/index.ts';
import { type Catalogue, formatProblem, loadCatalogue, productOf } from '../../catalogue/index.ts';
import type { Question, Understanding } from '../../domain/index.ts';
import { deserialise, examplesOf, type Model, modelId, trainInWorker, understand } from '../../intents/index.ts';
import type { Config } from '../config.ts';
import { CatalogueError } from '../publisher.ts';
import { UsageError } from '../usage-error.ts';

export interface AskOptions {
  readonly file?: string;
  readonly json?: boolean;
}

/** `loket ask TEXT | --file LINES`: what the desk makes of a text, and why. Needs no running desk. */
export async function ask(config: Config, text: string | undefined, options: AskOptions): Promise<void> {
  if ((text === undefined) === (options.file === undefined)) throw new UsageError('give a text, or --file with one text a line');
  const lines = text !== undefined ? [text] : (await readLines(options.file ?? '')).filter((line) => line.trim() !== '');
  const loaded = await loadCatalogue(config.catalogueFolder);
  if (loaded.kind !== 'ok') throw new CatalogueError(`the catalogue has mistakes:\n${loaded.problems.map(formatProblem).join('\n')}`);
  const model = await trainedModel(loaded.catalogue, join(config.dataFolder, 'models'));
  for (const line of lines) {
    const understanding = understand(model, line);
    const danger = dangerIn(loaded.catalogue, line)?.danger.id ?? null;
    console.log(options.json ? JSON.stringify(asJson(line, danger, understanding)) : asText(line, danger, understanding, loaded.catalogue));
  }
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split(/\r?\n/);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The catalogue's model, kept in a file: this command needs no register. */
async function trainedModel(catalogue: Catalogue, folder: string): Promise<Model> {
  const id = modelId(catalogue.version);
  const file = join(folder, `${id}.model`);
  const known = await readFile(file).catch(() => null);
  if (known) return deserialise(known);
  const trained = await trainInWorker(examplesOf(catalogue), { id });
  await mkdir(folder, { recursive: true });
  await writeFile(file, trained);
  return deserialise(trained);
}

function asJson(text: string, danger: string | null, { language, move, questions }: Understanding): object {
  return {
    text,
    language,
    move,
    danger,
    questions: questions.map((question) => ({
      text: question.text,
      product: question.product,
      kind: question.kind,
      confidence: question.confidence,
      top3: question.top.slice(0, 3).map(({ product }) => product),
      why: question.why,
    })),
  };
}

function asText(text: string, danger: string | null, { language, move, questions }: Understanding, catalogue: Catalogue): string {
  const head = `${text}\n  ${[language, move, danger && `DANGER: ${danger}`].filter(Boolean).join(' · ')}`;
  return [head, ...questions.map((question) => describe(question, catalogue))].join('\n');
}

function describe(question: Question, catalogue: Catalogue): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const name = question.product === null ? 'no product fits' : (productOf(catalogue, question.product)?.name.nl ?? question.product);
  return [
    `  → ${question.product ?? '-'} (${name}) · ${question.kind} · ${percent(question.confidence)}`,
    `    "${question.text}"`,
    `    words: ${question.why.map(({ word, weight }) => `${word} ${weight.toFixed(2)}`).join(', ') || '-'}`,
    `    next: ${question.top
      .filter(({ product }) => product !== question.product)
      .map(({ product, confidence }) => `${product} ${percent(confidence)}`)
      .join(', ')}`,
  ].join('\n');
}
