import { randomUUID } from 'node:crypto';
import type { Register } from '../register/index.ts';
import type { Files } from './files.ts';

const EVERY_MS = 30_000;
const LEASE = 'files';
const LEASE_MS = 10 * 60_000;

/**
 * Checks now and then what was held while the scanner was away, and removes what belongs to nothing; one process of several at a time.
 * @returns how to end it
 */
export function tendFiles(
  files: Pick<Files, 'checkHeld' | 'sweep'>,
  leases: Register['leases'],
  failed: (error: unknown) => void,
): () => Promise<void> {
  const holder = randomUUID();
  const once = async () => {
    if (!(await leases.acquire(LEASE, holder, LEASE_MS))) return;
    try {
      await files.checkHeld();
      await files.sweep();
    } finally {
      await leases.release(LEASE, holder);
    }
  };
  let under: Promise<unknown> = once().catch(failed);
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    under = once()
      .catch(failed)
      .finally(() => {
        busy = false;
      });
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await under;
  };
}
