import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const known = z.object({ folder: z.string(), version: z.string(), budgets: z.string() });

/** What a folder of catalogue files was the last time that the register and the folder were the same. */
export type KnownBase = Pick<z.infer<typeof known>, 'version' | 'budgets'>;

/**
 * Remembers, in the data folder of this machine, which published version a folder's files were made from. Two machines may have files of their own
 * on one register: only this tells an edit (files differ from what they were) from files that have merely fallen behind.
 */
export class FolderBase {
  readonly #folder: string;
  readonly #file: string;

  constructor(dataFolder: string, catalogueFolder: string) {
    this.#folder = resolve(catalogueFolder);
    const name = createHash('sha256').update(this.#folder).digest('hex').slice(0, 12);
    this.#file = join(resolve(dataFolder), 'catalogue', `${name}.json`);
  }

  /** null when it was never written, or cannot be understood: then nothing is known. */
  async read(): Promise<KnownBase | null> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    try {
      return known.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  async write(base: KnownBase): Promise<void> {
    await mkdir(join(this.#file, '..'), { recursive: true });
    const beside = `${this.#file}.${process.pid}`;
    await writeFile(beside, JSON.stringify({ folder: this.#folder, ...base }));
    await rename(beside, this.#file);
  }
}
