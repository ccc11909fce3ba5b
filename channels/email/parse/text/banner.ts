/** The warnings that an organisation's server puts above a mail from outside. They are nobody's text. */
import { isBlank, type Line } from './line.ts';

const BANNER =
  /^\W{0,6}(?:\[?(?:extern(?:al|e|er)?(?: e-?mail| mail| sender| absender)?|let op|caution|warning|waarschuwing|opgelet|attention|achtung|vorsicht|pas op)\]?\b.{0,80}(?:e-?mail|mail|bericht|message|nachricht|sender|afzender|extern|absender|expéditeur)|you don['’]t often get (?:e-?mail|email) from|some people who received this message|u ontvangt niet vaak e-?mail|u krijgt niet vaak e-?mail|sie erhalten nicht oft|vous ne recevez pas souvent|(?:this|deze) e-?mail (?:originated|is afkomstig|komt) (?:from|van) .{0,40}(?:outside|buiten)|diese e-?mail kommt von außerhalb|\[?extern(?:al)?(?: (?:e-?mail|mail))?\]?\s*$)/i;

/** Leaves a banner at the top out; it stays in the whole text. */
export function withoutBanner(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex((line) => !isBlank(line));
  const text = lines[first]?.text ?? '';
  if (first < 0 || text.length > 600 || !BANNER.test(text)) return lines;
  const end = lines.findIndex((line, index) => index > first && isBlank(line));
  const rest = end < 0 ? [] : lines.slice(end);
  return rest.some((line) => !isBlank(line)) ? rest : lines;
}
