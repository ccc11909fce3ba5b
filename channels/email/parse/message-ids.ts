/** Message-IDs in headers (RFC 5322, section 3.6.4). */
const LONGEST = 64 * 1024;

/** The ids in a header, with their brackets, each once. Ids without brackets are taken when there are no others. */
export function messageIds(text: string): string[] {
  const source = text.slice(0, LONGEST);
  const bracketed = source.match(/<[^<>\s]{1,500}>/g);
  const found = bracketed ?? source.match(/[^\s<>"',;]{1,250}@[^\s<>"',;]{1,250}/g)?.map((id) => `<${id}>`) ?? [];
  return [...new Set(found)];
}

/** A mail's own id. Blanks around it or in it are mailers' mistakes; what is no id at all is still taken as one, so that doubles are seen. */
export function ownId(text: string): string | null {
  const source = text.slice(0, 1_000).trim();
  const id = messageIds(source)[0];
  if (id !== undefined) return id;
  const squeezed = source.replace(/[<>\s]/g, '');
  return squeezed === '' ? null : `<${squeezed}>`;
}
