import type { LoggedSend } from '../../register/index.ts';
import type { Handover } from './smtp.ts';

/** Behind the words of a server that was gone before it said whether it took the mail. */
const UNCERTAIN = '(it may have been taken)';

/** What is logged of a mail that the server did not take now. */
export function wordsOf({ words, uncertain }: Extract<Handover, { kind: 'deferred' }>): string {
  return uncertain ? `${words} ${UNCERTAIN}` : words;
}

/** Whether an attempt may have reached the server although its end was not written down, or says so: then the Sent folder is looked at. */
export function isUncertain(attempt: Pick<LoggedSend, 'detail'> | undefined): boolean {
  return attempt === undefined || attempt.detail?.endsWith(UNCERTAIN) === true;
}
