import { ABSENT, type ReadContext, type Reading, refused, taken } from './field-types.ts';

/**
 * Files as the value of a field: their names, as people know them. The files themselves stand in the case with the message that they came with, so that
 * whoever may not open them sees all the same what was sent.
 */
const BETWEEN = ', ';

/** What came with the message, whatever it says. */
export function findFiles({ files }: Pick<ReadContext, 'files'>): Reading {
  return files.length === 0 ? ABSENT : taken(files.join(BETWEEN));
}

/** The answer to the question for a file: it must have come along. */
export function readFiles(context: ReadContext): Reading {
  const found = findFiles(context);
  return found.kind === 'taken' ? found : refused('no-file');
}

/** The value with files that came after it. */
export function withMoreFiles(value: string | undefined, more: string): string {
  return value === undefined ? more : `${value}${BETWEEN}${more}`;
}

const HAS_NONE =
  /^\W*(?:nee,? )?(?:(?:dat|die|deze|een \w+|ik) )?(?:nee|neen|no|nope|none|skip(?: it| this)?|overslaan|sla (?:maar |dat )?over|zonder|without|n\.?v\.?t\.?|n\/a|(?:ik )?heb (?:ik )?(?:\w+ ){0,3}(?:niet|geen|geen \w+)(?: (?:hier|bij me|meer|bij de hand))?|(?:er is |er zijn )?geen(?: \w+)?|(?:is er |zijn er )(?:niet|geen)|niet (?:nodig|beschikbaar|bij de hand)|(?:dat )?(?:kan|lukt) (?:nu |me )?niet|(?:(?:i )?(?:do not|don.?t|haven.?t|have not)(?: have| got)?(?: one| it| any| that| a \w+| an \w+)?)|(?:i have )?no(?:ne| \w+)?|not (?:available|needed|at hand))\W*$/i;

/** "heb ik niet": there is no file to send. */
export function hasNoFile(text: string): boolean {
  return text.length < 60 && HAS_NONE.test(text);
}

/** What files are called that come with a question. */
export const FILE_WORDS =
  "bijlagen?|foto'?s?|fotootje|afbeelding(?:en)?|screenshots?|schermafdruk(?:ken)?|offertes?|scans?|quotes?|attachments?|photos?|pictures?|pics?|images?|attached|enclosed";
const SPOKEN_OF = new RegExp(String.raw`\b(?:${FILE_WORDS}|plaatjes?|bijgevoegd\w*|bijgaand\w*|hierbij)\b`, 'i');

/** Whether a text speaks of files that may have come with it. */
export function speaksOfFiles(text: string): boolean {
  return SPOKEN_OF.test(text);
}

/** As mail programs name the pictures in a mail's text. So small, one is a signature's logo: a photo or a screenshot is many times as large. */
const IN_TEXT = /^image\d{3,}\.(?:png|jpe?g|gif)$/i;
const LEAST_PICTURE = 8_000;

/** Whether a file came along without being sent: it answers nothing. @param file its size in bytes */
export function isDecoration({ name, size }: { readonly name: string; readonly size: number }): boolean {
  return IN_TEXT.test(name) && size < LEAST_PICTURE;
}
