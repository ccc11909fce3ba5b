import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AttachmentError, type Content } from '../domain/index.ts';
import { type Blobs, KEY, newKey, pieces } from './blobs.ts';

/** So much stays free: the embedded database lives on the same disk, and must never find it full because of a picture. In bytes. */
const KEPT_FREE = 256 * 1024 * 1024;

/** Files in a folder, each named by its key, spread over 256 folders. A file is there whole or not at all. */
export class DiskBlobs implements Blobs {
  readonly #folder: string;
  readonly #keptFree: number;

  constructor(folder: string, options: { readonly keptFree?: number } = {}) {
    this.#folder = folder;
    this.#keptFree = options.keptFree ?? KEPT_FREE;
  }

  async put(content: Content, key: string = newKey()): Promise<string> {
    const path = this.#path(key);
    const unfinished = `${path}.part`;
    const file = await this.#begin(unfinished);
    try {
      for await (const piece of pieces(content)) await onDisk(() => file.writeFile(piece));
      await onDisk(() => file.datasync());
      await file.close();
      await onDisk(() => rename(unfinished, path));
      return key;
    } catch (error) {
      await file.close().catch(() => {});
      await rm(unfinished, { force: true }).catch(() => {});
      throw error;
    }
  }

  async open(key: string): Promise<AsyncIterable<Uint8Array>> {
    const path = this.#path(key);
    // Looked for first: what fails only when it is read comes too late for an answer that says so.
    await onDisk(() => stat(path));
    return createReadStream(path);
  }

  async remove(key: string): Promise<void> {
    const path = this.#path(key);
    await onDisk(() => rm(path, { force: true }));
    await onDisk(() => rm(`${path}.part`, { force: true }));
  }

  async check(): Promise<void> {
    const key = await this.put(Buffer.from('loket'));
    await this.remove(key);
  }

  async #begin(path: string): Promise<FileHandle> {
    return onDisk(async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(this.#folder);
      if (bavail * bsize < this.#keptFree) throw new AttachmentError('storage-full', `less than ${this.#keptFree} bytes are free`);
      return open(path, 'wx', 0o600);
    });
  }

  #path(key: string): string {
    if (!KEY.test(key)) throw new TypeError('not a key of a file');
    return join(this.#folder, key.slice(0, 2), key);
  }
}

/** The one place where the disk's errors become ours. */
async function onDisk<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AttachmentError) throw error;
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AttachmentError('storage-full', 'the disk is full', { cause: error });
    if (code === 'ENOENT') throw new AttachmentError('unknown', 'the file is not there', { cause: error });
    throw new AttachmentError('storage-away', `the folder for files cannot be used: ${String(code)}`, { cause: error });
  }
}
