/** Answers that somebody typed inside the earlier mail: Outlook can set the writer's name before each ("[Eva Jansen] Ja, dat klopt."). */
import { isBlank, type Line } from './line.ts';

const PREFACE = /^\s*\[([^\][]{2,80})\]\s*(.*)$/;

/** Which lines of an earlier mail its answerer wrote: from each that begins with his own name in brackets to the next blank one. */
export function prefacedIn(lines: readonly Line[], senderName: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const sender = namesOf(senderName);
  if (sender === '') return found;
  for (const [index, { text }] of lines.entries()) {
    const [, name = '', said = ''] = PREFACE.exec(text.slice(0, 2_000)) ?? [];
    if (name === '' || namesOf(name) !== sender) continue;
    found.set(index, said + text.slice(2_000));
    for (let next = index + 1; next < lines.length && !isBlank(lines[next]) && !PREFACE.test(lines[next]?.text.slice(0, 100) ?? ''); next++)
      found.set(next, lines[next]?.text ?? '');
  }
  return found;
}

/** "Jansen, Eva" and "Eva Jansen" are the same. */
function namesOf(name: string): string {
  return (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(' ');
}
