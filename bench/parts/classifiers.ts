/** The classifiers that are compared, each behind the same two steps: learn from rows, then rank the products for a text. */

import type { Kind } from '../../domain/index.ts';
import { classify } from '../../intents/classify.ts';
import { serialise, train } from '../../intents/index.ts';

export interface BenchRow {
  readonly text: string;
  readonly product: string | null;
  readonly kind?: Kind | undefined;
}

/** The best product (null when it knows none), and how sure it is of it: higher is surer, on a scale of its own. */
export interface Ranked {
  readonly best: string | null;
  readonly score: number;
}

export interface Learned {
  readonly rank: (text: string) => Ranked | Promise<Ranked>;
  /** Bytes of what was learned, as it is kept; null when it has no such form here. */
  readonly bytes: Buffer | null;
}

/** Rows of no product are given to the peers as an intent of this name, which never counts as an answer. */
const NOTHING = 'None';

async function learnOurs(rows: readonly BenchRow[]): Promise<Learned> {
  const model = train(rows);
  const rank = (text: string): Ranked => {
    const { top, confidence } = classify(model, text);
    return { best: top[0]?.product ?? null, score: confidence };
  };
  return { rank, bytes: serialise(model) };
}

/** As its documentation shows it: English is the one language that the basic package has, so all rows are given as English. */
async function learnNlpjs(rows: readonly BenchRow[]): Promise<Learned> {
  const { dockStart } = await import('@nlpjs/basic');
  const settings = { nlp: { languages: ['en'], autoSave: false, autoLoad: false, forceNER: false, nlu: { log: false } } };
  const nlp = (await dockStart({ settings, use: ['Basic', 'LangEn'] })).get('nlp');
  nlp.addLanguage('en');
  for (const { text, product } of rows) nlp.addDocument('en', text, product ?? NOTHING);
  await nlp.train();
  const rank = async (text: string): Promise<Ranked> => {
    const { classifications } = await nlp.process('en', text);
    const best = classifications.find(({ intent }) => intent !== NOTHING);
    return { best: best?.intent ?? null, score: best?.score ?? 0 };
  };
  return { rank, bytes: null };
}

async function learnNatural(rows: readonly BenchRow[]): Promise<Learned> {
  // The classifiers alone: the package's front door loads database drivers too.
  const { default: natural } = await import('natural/lib/natural/classifiers/index.js');
  const classifier = new natural.BayesClassifier();
  for (const { text, product } of rows) classifier.addDocument(text, product ?? NOTHING);
  classifier.train();
  const rank = (text: string): Ranked => {
    const found = classifier.getClassifications(text);
    const best = found.find(({ label }) => label !== NOTHING);
    const sum = found.reduce((total, { value }) => total + value, 0);
    return { best: best?.label ?? null, score: best && sum > 0 ? best.value / sum : 0 };
  };
  return { rank, bytes: null };
}

export const CLASSIFIERS: Readonly<Record<string, (rows: readonly BenchRow[]) => Promise<Learned>>> = {
  loket: learnOurs,
  '@nlpjs/basic': learnNlpjs,
  natural: learnNatural,
};
