import { checkMailbox, checkSmtp, openTokens } from '../../channels/email/index.ts';
import { attempt, type Check, fine } from './finding.ts';

/** Whether each mailbox can be signed in to, has its folders and tells of new mail by itself; and whether its answers can be handed in. */
export const mail: Check = async ({ config }) => {
  const { mailboxes } = config.mail;
  if (mailboxes.length === 0) return [fine('email', 'off (LOKET_MAILBOXES switches it on)')];
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
  return found.flat();
};
