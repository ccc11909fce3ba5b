/** The longest name kept, in characters. Systems allow 255 bytes; people read less. */
const LONGEST = 120;
const LONGEST_ENDING = 12;

/** What turns the direction of reading or shows nothing: with these "exe.fdp" reads as "pdf.exe" (Unicode UAX #9, 2; TR36, 3.4). */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** Names that are devices on Windows, whatever comes after the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name that is fit for a file on every system and shows what it is: the last part of a path, without control, direction and reserved characters,
 * at most 120 characters with its ending kept.
 * @param given as the sender named it, hostile or ''
 * @param type names what has no name
 */
export function safeName(given: string, type: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(INVISIBLE, '')
    .replace(/\uFFFD/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    // A dot in front hides a file, at the end Windows drops it, and then another ending counts.
    .replace(/^[. ]+|[. ]+$/g, '');
  if (plain === '') return `document${ENDINGS[type] ?? ''}`;
  const named = DEVICE.test(plain) ? `_${plain}` : plain;
  const characters = [...named];
  if (characters.length <= LONGEST) return named;
  const ending = [...endingOf(named)];
  const kept = ending.length > 0 && ending.length <= LONGEST_ENDING ? ['.', ...ending] : [];
  return [...characters.slice(0, LONGEST - kept.length), ...kept].join('');
}

/** What stands behind the last dot, in lower case; '' when there is none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
  'message/rfc822': '.eml',
};
