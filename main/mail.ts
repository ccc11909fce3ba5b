import type { Logger } from 'pino';
import type { Desk } from '../bot/index.ts';
import type { AttachmentStore, PassCheckpoint } from '../domain/index.ts';
import type { Blobs } from '../files/index.ts';
import type { Register } from '../register/index.ts';
import type { MailConfig } from './mail-config.ts';

/** Email, wired to the desk. */
export interface Email {
  /** Ends the reading of the mailboxes; what was taken in is stored. */
  close(): Promise<void>;
}

/** @returns null when no mailbox is configured: then none of its libraries is loaded */
export async function openMail(
  { mailboxes, limits }: MailConfig,
  parts: {
    readonly register: Register;
    readonly desk: Desk;
    readonly files: AttachmentStore;
    readonly blobs: Blobs;
    readonly checkpoint: PassCheckpoint;
    readonly log: Logger;
  },
): Promise<Email | null> {
  if (mailboxes.length === 0) return null;
  const { register, desk, files, blobs, checkpoint, log } = parts;
  const { openTokens, readMailboxes } = await import('../channels/email/index.ts');
  const reading = readMailboxes({
    mailboxes,
    limits,
    tokens: openTokens(),
    parts: { register, desk, raws: blobs, attachments: files, checkpoint, log },
  });
  return { close: () => reading.stop() };
}
