/** The charset that an HTML document names itself, for when its part does not; '' when it names none. */
export function htmlCharset(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 4_096);
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1] ?? '';
}
