import { MailIntake } from '../intake/intake.ts';
import type { IntakeParts } from '../intake/ports.ts';
import type { MailboxSettings, MailLimits, TokenOf } from '../settings.ts';
import { CatchUp } from './catch-up.ts';
import { connect } from './connection.ts';
import { Folder } from './folder.ts';
import { ownAddressesOf } from './read-mailboxes.ts';

export interface BackfillOptions {
  readonly mailbox: MailboxSettings;
  /** All of the desk's, for its own addresses. */
  readonly mailboxes: readonly MailboxSettings[];
  readonly limits: MailLimits;
  /** The turns are left to the running desk: what is stored waits for it. */
  readonly parts: Omit<IntakeParts, 'ownAddresses'>;
  readonly tokens: TokenOf;
  /** Called as it goes on, with the UID reached and the last one. */
  readonly progress: (reached: number, last: number) => void;
}

/**
 * Takes in what was in a mailbox before the desk began with it; the desk may run meanwhile. Broken off it can be begun again: what was taken in
 * before is known.
 */
export async function backfill({ mailbox, mailboxes, limits, parts: given, tokens, progress }: BackfillOptions): Promise<void> {
  const parts = { ...given, ownAddresses: ownAddressesOf(mailboxes) };
  const client = await connect(mailbox.imap, tokens);
  try {
    const folder = await Folder.open(client, mailbox);
    const last = folder.uidNext - 1;
    const catchUp = new CatchUp({ settings: mailbox, limits, intake: new MailIntake(parts, limits), parts });
    let reached = 0;
    await catchUp.run(folder, 0, {
      since: null,
      reached: async (uid) => {
        reached = uid;
        progress(Math.min(uid, last), last);
      },
      // What comes now is the running desk's.
      goesOn: () => reached < last,
    });
  } finally {
    await client.logout().catch(() => client.close());
  }
}
