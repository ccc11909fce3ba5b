import { AwsClient } from 'aws4fetch';
import { AttachmentError, type Content } from '../domain/index.ts';
import { type Blobs, KEY, newKey, pieces } from './blobs.ts';

export interface S3Options {
  /** With the bucket, and a prefix if wanted: `https://s3.example.org/desk-files`. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A part of an upload, the only thing that is in memory; S3 takes none smaller but the last (5 MiB). */
const PART = 5 * 1024 * 1024;
const ANSWER_WITHIN_MS = 30_000;
const RETRIES = 2;

/**
 * An S3-compatible store (Amazon S3's REST API: PutObject, multipart upload, GetObject, DeleteObject; signature version 4). Content whose length
 * is not known beforehand goes in parts, since S3 takes no request without a length.
 */
export class S3Blobs implements Blobs {
  readonly #client: AwsClient;
  readonly #url: string;

  constructor({ url, region, accessKeyId, secretAccessKey }: S3Options) {
    this.#url = url.replace(/\/+$/, '');
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
  }

  async put(content: Content, key: string = newKey()): Promise<string> {
    const url = this.#urlOf(key);
    const parts = inParts(content);
    const first = await parts.next();
    if (first.done) {
      await this.#ask(url, 'PUT', Buffer.alloc(0));
      return key;
    }
    const second = await parts.next();
    if (second.done) await this.#ask(url, 'PUT', first.value);
    else await this.#putInParts(url, [first.value, second.value], parts);
    return key;
  }

  async open(key: string): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.#ask(this.#urlOf(key), 'GET');
    return response.body ? throughout(response.body) : throughout([]);
  }

  async remove(key: string): Promise<void> {
    await this.#ask(this.#urlOf(key), 'DELETE');
  }

  async check(): Promise<void> {
    const key = await this.put(Buffer.from('loket'));
    for await (const _ of await this.open(key));
    await this.remove(key);
  }

  async #putInParts(url: string, begun: readonly Buffer[], rest: AsyncIterable<Buffer>): Promise<void> {
    const upload = elementOf(await this.#text(`${url}?uploads=`, 'POST'), 'UploadId');
    const tags: string[] = [];
    const send = async (part: Buffer) => {
      const target = `${url}?partNumber=${tags.length + 1}&uploadId=${encodeURIComponent(upload)}`;
      const tag = (await this.#ask(target, 'PUT', part)).headers.get('etag');
      if (!tag) throw new AttachmentError('storage-away', 'the store gave a part no ETag');
      tags.push(tag);
    };
    try {
      for (const part of begun) await send(part);
      for await (const part of rest) await send(part);
      const listed = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${inXml(tag)}</ETag></Part>`).join('');
      const body = Buffer.from(`<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`);
      const answer = await this.#text(`${url}?uploadId=${encodeURIComponent(upload)}`, 'POST', body);
      // It may say 200 and then fail (API reference, CompleteMultipartUpload).
      if (!answer.includes('CompleteMultipartUploadResult')) throw new AttachmentError('storage-away', answer.slice(0, 300));
    } catch (error) {
      await this.#ask(`${url}?uploadId=${encodeURIComponent(upload)}`, 'DELETE').catch(() => {});
      throw error;
    }
  }

  async #text(url: string, method: string, body?: Buffer): Promise<string> {
    const response = await this.#ask(url, method, body);
    return whileReading(() => response.text());
  }

  async #ask(url: string, method: string, body?: Buffer): Promise<Response> {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await whileReading(() => this.#client.fetch(url, { method, signal, ...(body ? { body: new Uint8Array(body) } : {}) }));
    if (response.ok) return response;
    const said = (await response.text().catch(() => '')).slice(0, 300);
    if (response.status === 404 && method === 'GET') throw new AttachmentError('unknown', 'the file is not there');
    if (response.status === 404 && method === 'DELETE') return response;
    throw new AttachmentError(
      response.status === 507 ? 'storage-full' : 'storage-away',
      `the store for files answered ${response.status}: ${said}`,
    );
  }

  #urlOf(key: string): string {
    if (!KEY.test(key)) throw new TypeError('not a key of a file');
    return `${this.#url}/${key}`;
  }
}

/** Content in parts of at least the size that S3 takes; the last may be smaller. */
async function* inParts(content: Content): AsyncGenerator<Buffer, undefined> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces(content)) {
    for (let from = 0; from < piece.byteLength; ) {
      const taken = piece.subarray(from, from + PART - size);
      from += taken.byteLength;
      // A copy: whoever reads a stream may use the same memory again.
      gathered.push(Uint8Array.from(taken));
      size += taken.byteLength;
      if (size < PART) continue;
      yield Buffer.concat(gathered);
      gathered = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(gathered);
  return undefined;
}

/** A download that breaks off is the store's failure. */
async function* throughout(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw away(error);
  }
}

async function whileReading<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw away(error);
  }
}

function away(error: unknown): AttachmentError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new AttachmentError(
    'storage-away',
    `the store for files does not answer: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      cause: error,
    },
  );
}

function elementOf(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (!found) throw new AttachmentError('storage-away', `the store's answer has no ${name}`);
  return found.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
