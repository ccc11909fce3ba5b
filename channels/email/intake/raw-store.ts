import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where the sources of mails are kept, as they came over the wire. */
export interface RawStore {
  /** Keeps a source; when this returns, a power cut does not lose it. The same bytes are kept once. @returns its key */
  put(raw: Buffer): Promise<string>;
  /** @returns null when it is not there */
  get(key: string): Promise<Readable | null>;
}

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{62}$/;

/** Sources as files in a folder. */
export function rawFolder(folder: string): RawStore {
  return {
    async put(raw) {
      const hash = createHash('sha256').update(raw).digest('hex');
      const key = `${hash.slice(0, 2)}/${hash.slice(2)}`;
      const path = join(folder, `${key}.eml`);
      if (await isThere(path, raw.length)) return key;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = join(folder, `.${randomUUID()}`);
      try {
        const file = await open(draft, 'wx', 0o600);
        try {
          await file.writeFile(raw);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      return key;
    },
    async get(key) {
      if (!KEY.test(key)) return null;
      const path = join(folder, `${key}.eml`);
      return (await stat(path).catch(() => null)) ? createReadStream(path) : null;
    },
  };
}

async function isThere(path: string, size: number): Promise<boolean> {
  const known = await stat(path).catch(() => null);
  return known?.size === size;
}
