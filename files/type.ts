import { isShownInPlace, type SHOWN_IN_PLACE } from '../domain/index.ts';

/** How many bytes from the beginning say what a file is. */
export const HEAD = 16;

/** What a file is by its first bytes: a picture, a PDF, a program, or (null) something else. */
export function sniff(head: Uint8Array): (typeof SHOWN_IN_PLACE)[number] | 'application/pdf' | 'program' | null {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1A\n')) return 'image/png';
  if (text.startsWith('\xFF\xD8\xFF')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  if (/^RIFF.{4}WEBP/s.test(text)) return 'image/webp';
  if (text.startsWith('%PDF-')) return 'application/pdf';
  // Windows (MZ, and a text may begin so), Linux (ELF), macOS (Mach-O and its fat form, which begins as a Java class does), installers in CAB form.
  if (text.startsWith('MZ') && text.includes('\0')) return 'program';
  if (/^(?:\x7FELF|MSCF|[\xCE\xCF]\xFA\xED\xFE|\xCA\xFE\xBA\xBE)/.test(text)) return 'program';
  return null;
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,100}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}$/;
const OTHER = 'application/octet-stream';

/**
 * The type that a file is kept and given with. What its bytes show counts more than what was declared: something that only says that it is a
 * picture is no picture.
 */
export function mediaType(declared: string, head: Uint8Array): string {
  const found = sniff(head);
  if (found && found !== 'program') return found;
  const type = (declared.split(';')[0] ?? '').trim().toLowerCase();
  if (!MEDIA_TYPE.test(type)) return OTHER;
  return type === 'application/pdf' || isShownInPlace(type) ? OTHER : type;
}
