/**
 * A model as bytes: a line of JSON for the small things, then the number arrays behind one another, deflated.
 * Layout: `LKT` + format byte, then deflated [uint32 header length, header, arrays in the header's order].
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { type Space, spaceOf } from './features.ts';
import type { KindModel } from './kind.ts';
import { FORMAT, type Model } from './model.ts';
import type { Sparse } from './sparse.ts';
import { spellingOf } from './spelling.ts';

const MAGIC = Buffer.from('LKT');

const headerSchema = z.object({
  id: z.string(),
  products: z.array(z.string()),
  unseen: z.number(),
  words: z.array(z.string()),
  calibration: z.object({
    signals: z.array(z.number()),
    bias: z.number(),
    knots: z.array(z.tuple([z.number(), z.number()])),
    threshold: z.number(),
    temperature: z.number(),
  }),
  kind: z.object({ classes: z.number(), unseen: z.number(), common: z.array(z.string()) }).nullable(),
  moves: z.object({ classes: z.number(), unseen: z.number() }),
  language: z.number().nullable(),
  lengths: z.array(z.number()),
});

type Numbers = Uint32Array | Float32Array | Uint16Array | Int8Array;

const arraysOf = (map: Sparse): Numbers[] => [map.starts, map.owners, map.values, map.scales, map.bias];

export function serialise(model: Model): Buffer {
  const arrays: Numbers[] = [model.space.hashes, model.space.idf, ...arraysOf(model.product)];
  if (model.kind) arrays.push(model.kind.space.hashes, model.kind.space.idf, ...arraysOf(model.kind.map), model.kind.usual);
  arrays.push(model.moves.space.hashes, model.moves.space.idf, ...arraysOf(model.moves.map));
  if (model.language) arrays.push(...arraysOf(model.language));
  const header = Buffer.from(
    JSON.stringify({
      id: model.id,
      products: model.products,
      unseen: model.space.unseen,
      words: model.spelling.words,
      calibration: model.calibration,
      kind: model.kind ? { classes: model.kind.map.classes, unseen: model.kind.space.unseen, common: [...model.kind.common] } : null,
      moves: { classes: model.moves.map.classes, unseen: model.moves.space.unseen },
      language: model.language?.classes ?? null,
      lengths: arrays.map((array) => array.length),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const body = Buffer.concat([length, header, ...arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength))]);
  return Buffer.concat([MAGIC, Buffer.from([FORMAT]), deflateRawSync(body, { level: 6 })]);
}

/** The model in a buffer. Throws when it is none, or one of another FORMAT. */
export function deserialise(buffer: Buffer): Model {
  if (!buffer.subarray(0, 3).equals(MAGIC) || buffer[3] !== FORMAT) throw new Error('This is not a model of this version; train it anew.');
  const body = inflateRawSync(buffer.subarray(4));
  const headerLength = body.readUInt32LE(0);
  const header = headerSchema.parse(JSON.parse(body.subarray(4, 4 + headerLength).toString('utf8')));
  let offset = 4 + headerLength;
  let next = 0;
  const bytes = (width: number): ArrayBuffer => {
    const size = (header.lengths[next] ?? 0) * width;
    next += 1;
    const copy = new ArrayBuffer(size);
    new Uint8Array(copy).set(body.subarray(offset, offset + size));
    offset += size;
    return copy;
  };
  const map = (classes: number): Sparse => ({
    classes,
    starts: new Uint32Array(bytes(4)),
    owners: new Uint16Array(bytes(2)),
    values: new Int8Array(bytes(1)),
    scales: new Float32Array(bytes(4)),
    bias: new Float32Array(bytes(4)),
  });
  const space = (unseen: number): Space => {
    const hashes = new Uint32Array(bytes(4));
    const idf = new Float32Array(bytes(4));
    return spaceOf(hashes, idf, unseen);
  };
  /** In the order of their arrays: properties are read one after the other. */
  const kindModel = ({ unseen, classes, common }: NonNullable<typeof header.kind>): KindModel => ({
    space: space(unseen),
    map: map(classes),
    common: new Set(common),
    usual: new Float32Array(bytes(4)),
  });
  return {
    id: header.id,
    products: header.products,
    space: space(header.unseen),
    spelling: spellingOf(header.words),
    product: map(header.products.length),
    calibration: header.calibration,
    kind: header.kind === null ? null : kindModel(header.kind),
    moves: { space: space(header.moves.unseen), map: map(header.moves.classes) },
    language: header.language === null ? null : map(header.language),
  };
}
