/** Joins the lines of `format=flowed` (RFC 3676): a line that ends in a blank goes on in the next of the same quote depth. */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let open: { depth: number; parts: string[] } | null = null;
  const close = () => {
    if (open) out.push(`${'>'.repeat(open.depth)}${open.depth > 0 ? ' ' : ''}${open.parts.join('')}`);
    open = null;
  };
  for (const line of text.split('\n')) {
    const marks = /^>*/.exec(line)?.[0].length ?? 0;
    const content = line.slice(marks).replace(/^ /, '');
    const isDelimiter = content === '-- ' || content === '--';
    if (open && (open.depth !== marks || isDelimiter)) close();
    const flows = content.endsWith(' ') && !isDelimiter;
    const part = flows && deleteSpace ? content.slice(0, -1) : content;
    if (open) open.parts.push(part);
    else open = { depth: marks, parts: [part] };
    if (!flows) close();
  }
  close();
  return out.join('\n');
}
