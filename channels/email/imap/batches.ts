import type { Listed } from './folder.ts';

/** So much is in memory at once, whatever the mailbox holds. */
export interface BatchLimits {
  readonly mails: number;
  readonly bytes: number;
}

/** Cuts mails into batches that fit into memory; one that is larger than that goes alone. */
export function batchesOf(mails: readonly Listed[], limits: BatchLimits): Listed[][] {
  const batches: Listed[][] = [];
  let batch: Listed[] = [];
  let bytes = 0;
  for (const mail of mails) {
    if (batch.length > 0 && (batch.length >= limits.mails || bytes + mail.size > limits.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(mail);
    bytes += mail.size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
