import type { MailboxSettings, TokenOf } from '../settings.ts';
import { connect, ImapProblem } from './connection.ts';
import { Folder } from './folder.ts';

/**
 * Tries a mailbox as the desk reads it, and changes nothing but that its folders are made.
 * @returns what was found, in plain words
 * @throws ImapProblem or TokenError with what to mend
 */
export async function checkMailbox(settings: MailboxSettings, tokens: TokenOf): Promise<string> {
  const client = await connect(settings.imap, tokens).catch((error: unknown) => {
    throw withAdvice(error, settings);
  });
  try {
    const folder = await Folder.open(client, settings);
    const waiting = folder.uidNext - 1;
    const news = client.capabilities.has('IDLE') ? 'news comes at once (IDLE)' : 'looked at twice a minute (the server has no IDLE)';
    return `${settings.imap.host}: signed in as ${settings.imap.user}, reads ${settings.folder} (last UID ${waiting}); ${news}`;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ImapProblem(`signed in, but ${settings.folder} and its folders cannot be used: ${said}`, { cause: error, permanent: true });
  } finally {
    await client.logout().catch(() => client.close());
  }
}

/** What people usually have forgotten. */
function withAdvice(error: unknown, { imap }: MailboxSettings): unknown {
  if (!(error instanceof ImapProblem) || !/^sign-in/.test(error.message)) return error;
  const advice =
    imap.credential.kind !== 'oauth2'
      ? 'is the password right, and may it be used for IMAP? Microsoft 365 and Google take none any more'
      : imap.credential.oauth2.grant === 'client-credentials'
        ? 'has the app the permission IMAP.AccessAsApp with consent, and was the mailbox opened to its service principal (Add-MailboxPermission)?'
        : 'was the refresh token made for this mailbox, with the scope https://mail.google.com/?';
  return new ImapProblem(`${error.message}; ${advice} See docs/email.md`, { cause: error, permanent: error.permanent });
}
