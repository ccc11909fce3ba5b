import type { LoadResult } from '../../catalogue/index.ts';
import type { Config } from '../config.ts';

/** One part that was tested: what was found, in plain words. */
export interface Finding {
  readonly part: string;
  readonly ok: boolean;
  readonly says: string;
}

/** What the checks look at. */
export interface Patient {
  readonly config: Config;
  /** The catalogue's files. */
  readonly files: LoadResult;
}

/** Tests one part; a part that is off is fine, and says how it is switched on. */
export type Check = (patient: Patient) => Promise<readonly Finding[]>;

/** @param test gives what is fine in words, or throws what is not, with what to mend */
export async function attempt(part: string, test: () => Promise<string>): Promise<Finding> {
  try {
    return { part, ok: true, says: await test() };
  } catch (error) {
    return { part, ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

export function fine(part: string, says: string): Finding {
  return { part, ok: true, says };
}
