import { pino } from 'pino';
import type { Config } from '../config.ts';
import { openFiles } from '../open-files.ts';
import { withRegister } from '../register-access.ts';
import { UsageError } from '../usage-error.ts';

/** `loket mailboxes list`: how far each mailbox was read, and what is wrong with it. */
export async function mailboxesList(config: Config, options: { readonly json?: boolean }): Promise<void> {
  const states = await withRegister(config, (register) => register.mailboxes.list());
  if (options.json) return console.log(JSON.stringify(states));
  if (states.length === 0) return console.log('No mailbox was read yet; LOKET_MAILBOXES names them (docs/email.md).');
  for (const { name, reachedAt, error, failingSince } of states) {
    const seen = reachedAt ? `last reached ${reachedAt.toISOString()}` : 'never reached yet';
    console.log(`${name}: ${error ? `since ${failingSince?.toISOString() ?? '?'}: ${error} (${seen})` : seen}`);
  }
}

/** `loket mailboxes backfill NAME`: takes in what was there before the desk began. */
export async function mailboxesBackfill(config: Config, name: string): Promise<void> {
  const { mailboxes, limits } = config.mail;
  const mailbox = mailboxes.find((it) => it.name === name || it.address === name.toLowerCase());
  if (!mailbox) throw new UsageError(`there is no mailbox ${name}; there is ${mailboxes.map((it) => it.name).join(', ') || 'none'}`);
  const { backfill, openTokens } = await import('../../channels/email/index.ts');
  const log = pino({ level: config.log });
  await withRegister(config, async (register) => {
    const { files, blobs, close } = openFiles(config, register, false, log);
    try {
      await backfill({
        mailbox,
        mailboxes,
        limits,
        tokens: openTokens(),
        parts: {
          register,
          // The running desk takes the turns of what is stored, within seconds.
          desk: {
            drain: async () => {},
            undelivered: async () => {},
            handled: () => Promise.reject(new Error('a supplier’s word is taken in by the running desk; take it in again there')),
          },
          suppliers: () => [],
          raws: blobs,
          attachments: files,
          checkpoint: () => {},
          log,
        },
        progress: (reached, last) => console.log(`${mailbox.name}: mail ${reached} of ${last}`),
      });
    } finally {
      await close();
    }
  });
  console.log('Done. A running desk answers what was taken in; what was there already was left as it was.');
}
