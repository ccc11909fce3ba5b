import type { MailboxSettings, MailLimits } from '../settings.ts';
import { MailIntake } from './intake.ts';
import type { IntakeParts } from './ports.ts';

export interface RetakeOptions {
  readonly mailboxes: readonly MailboxSettings[];
  readonly limits: MailLimits;
  readonly parts: Omit<IntakeParts, 'ownAddresses'>;
}

/** A mail that was set aside, by its kept source. */
export interface SetAside {
  /** The name of the mailbox it came by. */
  readonly source: string;
  readonly raw: Buffer;
  readonly arrivedAt: Date;
}

/**
 * Takes in again what was set aside, when whatever was wrong is mended; where it lies on the server does not matter.
 * @returns false when the desk does not have its mailbox any more
 * @throws why it cannot be taken in; then it stays set aside
 */
export async function retake({ source, raw, arrivedAt }: SetAside, { mailboxes, limits, parts }: RetakeOptions): Promise<boolean> {
  const mailbox = mailboxes.find(({ name }) => name === source);
  if (!mailbox) return false;
  const ownAddresses = mailboxes.flatMap(({ address, aliases }) => [address, ...aliases]);
  const intake = new MailIntake({ ...parts, ownAddresses }, limits);
  const read = await intake.read({ raw, arrivedAt, size: raw.length }, mailbox);
  await intake.settle(await intake.take(read, mailbox));
  return true;
}
