import { MailIntake } from '../intake/intake.ts';
import type { IntakeParts } from '../intake/ports.ts';
import type { MailboxSettings, MailLimits, TokenOf } from '../settings.ts';
import { MailboxReader, type ReaderPace } from './reader.ts';

export interface ReadOptions {
  readonly mailboxes: readonly MailboxSettings[];
  readonly limits: MailLimits;
  readonly parts: Omit<IntakeParts, 'ownAddresses'>;
  readonly tokens: TokenOf;
  readonly pace?: Partial<ReaderPace>;
}

/** All the desk's own addresses. */
export function ownAddressesOf(mailboxes: readonly MailboxSettings[]): string[] {
  return mailboxes.flatMap(({ address, aliases }) => [address, ...aliases]);
}

/** Reads the desk's mailboxes, each on its own: one that cannot be reached holds up no other. */
export function readMailboxes({ mailboxes, limits, parts: given, tokens, pace }: ReadOptions): { stop(): Promise<void> } {
  const parts = { ...given, ownAddresses: ownAddressesOf(mailboxes) };
  const intake = new MailIntake(parts, limits);
  const readers = mailboxes.map((settings) => new MailboxReader({ settings, limits, intake, parts }, tokens, pace));
  for (const reader of readers) reader.start();
  return {
    stop: async () => {
      await Promise.all(readers.map((reader) => reader.stop()));
    },
  };
}
