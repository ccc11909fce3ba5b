import addressparser from 'nodemailer/lib/addressparser';
import type { MailAddress } from '../parsed-mail.ts';
import { decodeWords, type Guessed, headerText } from './header-text.ts';

/** More than this of an address header is left out: no person reads it, and it bounds the work. */
const LONGEST = 64 * 1024;

/** The addresses of From, To, Cc, Reply-To (RFC 5322, section 3.4); groups are opened, what holds no address is left out. */
export function parseAddresses(raw: string, guessed: Guessed, bodyCharset = ''): MailAddress[] {
  const text = headerText(raw.slice(0, LONGEST), guessed, bodyCharset);
  return addressparser(text, { flatten: true })
    .map(({ name, address }) => ({ name: decodeWords(name, guessed).trim(), address: decodeWords(address, guessed).trim() }))
    .map(({ name, address }) => (address === '' && /^\S+@\S+$/.test(name) ? { name: '', address: name } : { name, address }))
    .filter(({ name, address }) => name !== '' || address !== '');
}
