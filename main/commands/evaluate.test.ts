import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { evaluate } from './evaluate.ts';

const KEYS = [
  'rows',
  'accuracy',
  'top3',
  'kind',
  'auroc',
  'outOfScopeRecall',
  'outOfScopeRecallAt5',
  'outOfScopeRecallAt10',
  'falseAbstain',
  'ece',
  'trainMs',
  'predictMs',
  'predictions',
];

const line = (value: unknown): string => JSON.stringify(value);
const TRAIN = [
  ['water the plants', 'garden'],
  ['the roses need water', 'garden'],
  ['mow the lawn please', 'garden'],
  ['bake a loaf of bread', 'bakery'],
  ['two croissants for breakfast', 'bakery'],
  ['is the bread fresh today', 'bakery'],
].map(([text, product]) => line({ text, product }));

let folder = '';
const config = readConfig({});
const fileOf = async (name: string, lines: readonly string[]): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, lines.join('\n'));
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loket-evaluate-'));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rm(folder, { recursive: true }));

/** What the command prints on stdout. */
async function printed(test: string, options: { readonly train: string; readonly json?: boolean }): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
  await evaluate(config, test, options);
  return lines.join('\n');
}

describe('loket evaluate', () => {
  it('prints one JSON document about rows it has not seen, learned from the training file alone', async () => {
    const train = await fileOf('train.jsonl', TRAIN);
    const test = await fileOf('test.jsonl', [
      line({ text: 'fresh bread', product: 'bakery', kind: 'request', lang: 'en' }),
      '',
      line({ text: 'water my roses', product: 'garden', more: 1 }),
      line({ text: 'qwzxv', product: null, language: 'nl' }),
    ]);
    const found = z.record(z.string(), z.unknown()).parse(JSON.parse(await printed(test, { train, json: true })));
    expect(Object.keys(found)).toEqual(KEYS);
    expect(found).toMatchObject({ rows: 3, accuracy: 1, top3: 1, outOfScopeRecall: 1, trainMs: expect.any(Number) });
    expect(found.predictMs).toEqual({ p50: expect.any(Number), p99: expect.any(Number) });
    expect(found.predictions).toMatchObject([
      { text: 'fresh bread', expected: 'bakery', predicted: 'bakery', top3: ['bakery', 'garden'] },
      { text: 'water my roses', expected: 'garden', predicted: 'garden' },
      { text: 'qwzxv', expected: null, predicted: null, confidence: 0 },
    ]);
  });

  it('prints tables for people', async () => {
    const train = await fileOf('train.jsonl', TRAIN);
    const test = await fileOf('test.jsonl', [line({ text: 'fresh bread', product: 'garden' }), line({ text: 'qwzx', product: null })]);
    const text = await printed(test, { train });
    expect(text).toMatch(/^2 rows \(1 out of scope\), learned from 6 examples of 2 products/);
    expect(text).toMatch(/garden +1 +0\.0 % {2}bakery/);
    expect(text).toContain('1  garden taken for bakery');
    for (const part of ['calibration', 'out of scope', 'latency']) expect(text).toContain(part);
  });

  it('says when rows are of products that training does not know', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const train = await fileOf('train.jsonl', TRAIN);
    await printed(await fileOf('test.jsonl', [line({ text: 'feed the cat', product: 'pets' })]), { train });
    expect(said.mock.calls.flat().join()).toMatch(/1 rows of .*test\.jsonl are of products that training does not know.*pets/);
  });

  it('names the file and each line that cannot be used', async () => {
    const bad = await fileOf('bad.jsonl', [
      line({ text: 'good', product: 'a' }),
      '{"text": "half',
      line({ text: 'no product' }),
      line({ text: ' ', product: 'a' }),
      line({ text: 'a kind of its own', product: 'a', kind: 'joke' }),
      line(['a list']),
    ]);
    const refused = evaluate(config, bad, {});
    await expect(refused).rejects.toThrow(/bad\.jsonl:2: is no JSON/);
    await expect(refused).rejects.toThrow(/bad\.jsonl:3: "product" must be the id of a product, or null/);
    await expect(refused).rejects.toThrow(/bad\.jsonl:4: "text" must not be empty/);
    await expect(refused).rejects.toThrow(/bad\.jsonl:5: "kind" must be one of complaint, wish/);
    await expect(refused).rejects.toThrow(/bad\.jsonl:6: must be an object/);
  });

  it('refuses files that are missing, empty, or teach nothing', async () => {
    const test = await fileOf('test.jsonl', TRAIN);
    await expect(evaluate(config, join(folder, 'none.jsonl'), {})).rejects.toThrow(/none\.jsonl cannot be read/);
    await expect(evaluate(config, await fileOf('empty.jsonl', ['', ' ']), {})).rejects.toThrow(/empty\.jsonl has no rows/);
    const one = await fileOf('one.jsonl', TRAIN.slice(0, 2));
    await expect(evaluate(config, test, { train: one })).rejects.toThrow(/one\.jsonl must have rows of two products/);
  });
});
