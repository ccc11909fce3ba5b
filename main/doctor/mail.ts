import type { LoadResult } from '../../catalogue/index.ts';
import { checkMailbox, checkSmtp, openTokens } from '../../channels/email/index.ts';
import type { Config } from '../config.ts';
import { attempt, type Check, type Finding, fine } from './finding.ts';

/** Whether each mailbox can be signed in to, has its folders and tells of new mail by itself; and whether its answers can be handed in. */
export const mail: Check = async ({ config, files }) => {
  const { mailboxes } = config.mail;
  const suppliers = suppliersOf(files, mailboxes);
  if (mailboxes.length === 0) return [fine('email', 'off (LOKET_MAILBOXES switches it on)'), ...suppliers];
  const tokens = openTokens();
  const found = await Promise.all(
    mailboxes.map(async (mailbox) => {
      const { name, smtp } = mailbox;
      return await Promise.all([
        attempt(`IMAP ${name}`, () => checkMailbox(mailbox, tokens)),
        smtp ? attempt(`SMTP ${name}`, () => checkSmtp(smtp, tokens)) : fine(`SMTP ${name}`, 'off: this mailbox only receives'),
      ]);
    }),
  );
  return [...found.flat(), ...suppliers];
};

/** Suppliers who work by mail need a mailbox that can send: without one their cases come back to their teams. */
function suppliersOf(files: LoadResult, mailboxes: Config['mail']['mailboxes']): Finding[] {
  const handlers = files.kind === 'ok' ? files.catalogue.organisation.handlers : [];
  const names = handlers.flatMap((it) => (it.type === 'supplier' ? [it.id] : []));
  if (names.length === 0) return [];
  const says = `${names.join(', ')}: by mail from the first mailbox that can send`;
  const ok = mailboxes.some(({ smtp }) => smtp !== null);
  return [
    {
      part: 'suppliers',
      ok,
      says: ok ? says : `${names.join(', ')}: no mailbox can send, so that nothing reaches them (LOKET_MAILBOXES, smtp)`,
    },
  ];
}
