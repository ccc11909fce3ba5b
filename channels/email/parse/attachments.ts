import type { MailFile } from './mime/content.ts';
import type { MailAttachment } from './parsed-mail.ts';

/** The files of a mail. One is inline when the HTML names it in a place; a picture that nothing places is an attachment. */
export function attachmentsOf(files: readonly MailFile[], html: string | null): MailAttachment[] {
  const placed = placedIn(html ?? '');
  return files.map(({ name, type, contentId, location, content }) => ({
    name,
    type,
    size: content.length,
    inline: (contentId !== null && placed.has(contentId.toLowerCase())) || (location !== null && placed.has(location.toLowerCase())),
    contentId,
    content,
  }));
}

/** What the HTML's pictures and backgrounds point to: Content-IDs (RFC 2392) and locations (RFC 2557). */
function placedIn(html: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const match of html.matchAll(
    /(?:src|background|href|poster|data)\s{0,5}=\s{0,5}["']?([^"'\s>]{1,500})|url\(\s{0,5}["']?([^"')]{1,500})/gi,
  )) {
    const target = match[1] ?? match[2] ?? '';
    found.add(decoded(target.replace(/^cid:/i, '')).toLowerCase());
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
