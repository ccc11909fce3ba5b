/** Answers of clients that write plain text alone. */
import type { Client } from './html-replies.ts';
import { type Letter, who, written } from './letters.ts';

const block = ({ earlier, fields, from }: Letter, date: string, bold = '') =>
  [
    [fields.from, who(earlier.from)],
    [date, earlier.sent],
    [fields.to, who(from)],
    [fields.subject, earlier.subject],
  ]
    .map(([name, value]) => `${bold}${name}:${bold} ${value}`)
    .join('\n');
const quoted = ({ earlier }: Letter) => earlier.text.map((line) => `> ${line}`).join('\n>\n');
const attribution = (letter: Letter) => letter.attribution(letter.earlier.on, who(letter.earlier.from));
const wrapped = (line: string) => line.replace(/ (?=[^ ]+$)/, '\n');
const plain =
  (build: (letter: Letter) => string): Client['build'] =>
  (letter) => ({ plain: build(letter), html: '' });

export const PLAIN_CLIENTS: readonly Client[] = [
  {
    name: 'Outlook in plain text',
    build: plain(
      (letter) =>
        `${written(letter)}\n\n-----${letter.original}-----\n${block(letter, letter.fields.sent)}\n\n${letter.earlier.text.join('\n\n')}\n`,
    ),
  },
  {
    name: 'Outlook on the web in plain text',
    build: plain(
      (letter) =>
        `${written(letter)}\n\n________________________________\n${block(letter, letter.fields.sent)}\n\n${letter.earlier.text.join('\n\n')}\n`,
    ),
  },
  {
    name: 'a header block alone, in bold',
    build: plain((letter) => `${written(letter)}\n\n${block(letter, letter.fields.date, '*')}\n\n${letter.earlier.text.join('\n\n')}\n`),
  },
  { name: 'mutt', build: plain((letter) => `${written(letter)}\n\n${attribution(letter)}\n${quoted(letter)}\n`) },
  {
    name: 'an attribution over two lines',
    build: plain((letter) => `${written(letter)}\n\n${wrapped(attribution(letter))}\n\n${quoted(letter)}\n`),
  },
  {
    name: 'an attribution above what is not marked as quoted',
    build: plain((letter) => `${written(letter)}\n\n${attribution(letter)}\n\n${letter.earlier.text.join('\n\n')}\n`),
  },
  { name: 'an answer below the quote', build: plain((letter) => `${attribution(letter)}\n${quoted(letter)}\n\n${written(letter)}\n`) },
  {
    name: 'an answer below the quote, with a delimiter',
    build: plain(
      (letter) => `${attribution(letter)}\n${quoted(letter)}\n\n${letter.text.join('\n\n')}\n\n-- \n${letter.closing.join('\n')}\n`,
    ),
  },
  {
    name: 'inline answers',
    build: plain(
      (letter) =>
        `${attribution(letter)}\n> ${letter.earlier.text[0]}\n\n${letter.text[0]}\n\n> ${letter.earlier.text[1]}\n\n${letter.text.slice(1).join('\n\n')}\n\n${letter.closing.join('\n')}\n\n> ${letter.earlier.text[2]}\n`,
    ),
  },
  {
    name: 'an Android phone',
    adds: (letter) =>
      ({
        nl: 'Verzonden vanaf mijn Galaxy',
        en: 'Sent from my Galaxy',
        de: 'Von meinem Galaxy gesendet',
        fr: 'Envoyé depuis mon appareil Galaxy',
      })[letter.language],
    build: plain(
      (letter) =>
        `${written(letter)}\n\n${{ nl: 'Verzonden vanaf mijn Galaxy', en: 'Sent from my Galaxy', de: 'Von meinem Galaxy gesendet', fr: 'Envoyé depuis mon appareil Galaxy' }[letter.language]}\n\n\n-------- ${letter.original} --------\n${block(letter, letter.fields.date)}\n\n${letter.earlier.text.join('\n')}\n`,
    ),
  },
];
