/** HTML to lines, with what its structure says of each. */
import { Parser } from 'htmlparser2';
import { type Colour, colourOf } from './colour.ts';
import { headerBlockAt, startsForward } from './earlier-mail.ts';
import { type Mark, markOf } from './html-structure.ts';
import { isBlank, type Line, quoted } from './line.ts';

/** Deeper than any client nests; what is deeper is read by its tags alone, so that closing tags cost little. */
const DEEPEST = 400;
/** More HTML than this is read no further: pictures stand in parts of their own, and what is new stands on top. */
const LONGEST = 1024 * 1024;

const BLOCK = new Set(
  'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul includetail'.split(
    ' ',
  ),
);
const SPACED = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'dl', 'pre']);
const SKIPPED = new Set(['head', 'style', 'script', 'title', 'noscript', 'template', 'object', 'svg', 'math', 'select', 'textarea']);

interface Open {
  readonly element: string;
  readonly mark: Mark | null;
  readonly isSpaced: boolean;
  readonly colourAround: Colour | null;
}

interface Draft {
  text: string;
  depth: number;
  zone: Line['zone'];
  /** The quote area it stands in, 0 for none. */
  area: number;
  /** A client may begin the earlier mail here. */
  maybeHistory: boolean;
  coloured: { readonly colour: Colour; text: string }[];
}

/** Reads HTML into lines. @param warn is told what was left out */
export function htmlLines(html: string, warn: (warning: string) => void): Line[] {
  if (html.length > LONGEST) warn('the HTML is longer than is read: its end was left out');
  const writer = new LineWriter();
  const source = html.slice(0, LONGEST);
  const depth = { now: 0, tooDeep: false };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++depth.now > DEEPEST) depth.tooDeep = true;
        if (!depth.tooDeep) writer.open(name, attributes);
      },
      onclosetag(name) {
        depth.now--;
        if (!depth.tooDeep) writer.close(name);
      },
      ontext(text) {
        if (!depth.tooDeep) writer.write(text);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  for (let at = 0; at < source.length && !depth.tooDeep; at += 16_384) parser.write(source.slice(at, at + 16_384));
  if (depth.tooDeep) {
    warn('the HTML is nested deeper than is read: its tags were taken away');
    return stripTags(source);
  }
  parser.end();
  return settled(writer.drafts());
}

function stripTags(html: string): Line[] {
  return html
    .replace(/<(?:br|\/?p|\/?div|\/?tr)\b[^<>]{0,2000}>/gi, '\n')
    .replace(/<[^<>]{0,10000}>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((text) => quoted({ text: text.trim(), depth: 0, zone: 'body' }));
}

class LineWriter {
  readonly #drafts: Draft[] = [];
  readonly #stack: Open[] = [];
  #line: Draft | null = null;
  #depth = 0;
  #area = 0;
  #areas = 0;
  #pre = 0;
  #skipped = 0;
  #history = false;
  #maybe = false;
  #signatures = 0;
  #intros = 0;
  #colour: Colour | null = null;

  drafts(): Draft[] {
    this.#break();
    return this.#drafts;
  }

  open(name: string, attributes: Record<string, string>): void {
    const mark = markOf(name, attributes);
    // Outlook's paragraphs have no margins; its blank lines are paragraphs of their own.
    const isSpaced =
      SPACED.has(name) &&
      !/MsoNormal|MsoPlainText|MsoListParagraph/i.test(attributes.class ?? '') &&
      !/margin(?:-top|-bottom)?:\s*0/i.test(attributes.style ?? '');
    this.#stack.push({ element: name, mark, isSpaced, colourAround: this.#colour });
    const colour = colourOf(name, attributes);
    if (colour !== undefined) this.#colour = colour;
    if (BLOCK.has(name)) this.#break();
    if (isSpaced) this.#blank();
    if (SKIPPED.has(name) || mark === 'hidden') this.#skipped++;
    if (name === 'pre') this.#pre++;
    if (name === 'br') this.#newLine();
    else if (name === 'hr') this.#rule();
    else if (name === 'li') this.#append('- ');
    else if ((name === 'td' || name === 'th') && this.#line && this.#line.text !== '') this.#append(' ');
    else if (name === 'img') this.#append(emojiOf(attributes.alt ?? ''));
    this.#enter(mark);
  }

  close(name: string): void {
    const open = this.#stack.pop();
    if (!open || open.element !== name) return;
    this.#colour = open.colourAround;
    if (BLOCK.has(name)) this.#break();
    if (open.isSpaced) this.#blank();
    if (SKIPPED.has(name) || open.mark === 'hidden') this.#skipped--;
    if (name === 'pre') this.#pre--;
    this.#leave(open.mark);
  }

  write(text: string): void {
    if (this.#skipped > 0) return;
    if (this.#pre === 0) {
      this.#append(text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' '));
      return;
    }
    const [first = '', ...rest] = text.replace(/\u00a0/g, ' ').split('\n');
    this.#append(first);
    for (const line of rest) {
      this.#newLine();
      this.#append(line);
    }
  }

  #enter(mark: Mark | null): void {
    switch (mark) {
      case 'quote':
        this.#break();
        this.#depth++;
        break;
      case 'quote-area':
        this.#break();
        if (this.#area === 0) this.#area = ++this.#areas;
        break;
      case 'intro':
        this.#break();
        this.#intros++;
        break;
      case 'history':
        this.#break();
        if (this.#depth === 0) this.#history = true;
        break;
      case 'history-if-headers':
        this.#break();
        this.#maybe = true;
        break;
      case 'signature':
        this.#break();
        this.#signatures++;
        break;
      case 'hidden':
      case null:
        break;
      default:
        mark satisfies never;
    }
  }

  #leave(mark: Mark | null): void {
    if (mark === 'quote') {
      this.#break();
      this.#depth--;
    } else if (mark === 'quote-area') {
      this.#break();
      if (!this.#stack.some((open) => open.mark === 'quote-area')) this.#area = 0;
    } else if (mark === 'intro') {
      this.#break();
      this.#intros--;
    } else if (mark === 'signature') {
      this.#break();
      this.#signatures--;
    }
  }

  #append(text: string): void {
    if (this.#skipped > 0 || text === '') return;
    if (!this.#line) {
      if (this.#pre === 0 && text.trim() === '') return;
      this.#line = this.#draft();
    }
    const added = this.#line.text === '' && this.#pre === 0 ? text.trimStart() : text;
    this.#line.text += added;
    if (this.#colour !== null) addColoured(this.#line, this.#colour, added);
  }

  #draft(): Draft {
    const zone = this.#history ? 'history' : this.#signatures > 0 ? 'signature' : this.#intros > 0 ? 'intro' : 'body';
    const draft: Omit<Draft, 'coloured'> = { text: '', depth: this.#depth, zone, area: this.#area, maybeHistory: this.#maybe };
    this.#maybe = false;
    return { ...draft, coloured: [] };
  }

  /** Ends a line that has begun. */
  #break(): void {
    if (this.#line) this.#drafts.push(this.#line);
    this.#line = null;
  }

  /** Ends a line, also an empty one. */
  #newLine(): void {
    if (this.#skipped > 0) return;
    if (this.#line) this.#break();
    else this.#drafts.push({ ...this.#draft(), text: '' });
  }

  #blank(): void {
    if (this.#skipped > 0 || this.#drafts.at(-1)?.text === '') return;
    const zone = this.#history ? 'history' : 'body';
    this.#drafts.push({ text: '', depth: this.#depth, zone, area: this.#area, maybeHistory: false, coloured: [] });
  }

  #rule(): void {
    if (this.#skipped > 0) return;
    this.#break();
    this.#drafts.push({ ...this.#draft(), text: '________________________________' });
  }
}

/** Pieces of one colour that follow each other are one. */
function addColoured({ coloured, text: line }: Draft, colour: Colour, text: string): void {
  const last = coloured.at(-1);
  if (last?.colour === colour && line.endsWith(last.text + text)) last.text += text;
  else coloured.push({ colour, text });
}

/** Pictures of emoji carry them as their text. */
function emojiOf(alt: string): string {
  return /^\p{Extended_Pictographic}(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f){0,8}$/u.test(alt) ? alt : '';
}

/** Settles what could only be told from what follows: areas with and without quotes in them, lines above earlier mails. */
function settled(drafts: readonly Draft[]): Line[] {
  const lines = drafts.map(lineOf);
  const intros = new Set<number>();
  let historyFrom = lines.length;
  let seenArea = 0;
  for (const [index, draft] of drafts.entries()) {
    if (draft.maybeHistory && draft.depth === 0 && headerBlockAt(lines, index, true)) {
      historyFrom = index;
      break;
    }
    if (draft.area <= seenArea) continue;
    seenArea = draft.area;
    if (startsForward(lines, index)) {
      historyFrom = index;
      break;
    }
    for (const intro of introOf(lines, drafts, index)) intros.add(intro);
  }
  return lines.map((line, index) =>
    index >= historyFrom ? { ...line, zone: 'history' } : intros.has(index) ? { ...line, zone: 'intro' } : line,
  );
}

function lineOf({ text, depth, zone, coloured }: Draft): Line {
  return quoted({ text: text.trimEnd(), depth, zone, ...(coloured.length > 0 ? { coloured } : {}) });
}

/** The few lines of an area that stand above its first quote; none when what stands there is longer than an attribution. */
function introOf(lines: readonly Line[], drafts: readonly Draft[], from: number): number[] {
  const found: number[] = [];
  for (let index = from; index < lines.length && found.length <= 4; index++) {
    if (drafts[index]?.area !== drafts[from]?.area) return [];
    if ((lines[index]?.depth ?? 0) > 0) return found;
    if (!isBlank(lines[index])) found.push(index);
  }
  return [];
}
