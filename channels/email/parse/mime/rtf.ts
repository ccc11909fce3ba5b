/** The text in Outlook's compressed RTF (MS-OXRTFCP), the only form of the text that some `winmail.dat` hold. */
const PRELOADED =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const WINDOW = 4_096;
const LONGEST = 4 * 1024 * 1024;

/** Null when it holds no text. Where the RTF wraps HTML, the text within is what counts. */
export function rtfText(bytes: Buffer): string | null {
  const rtf = bytes.length >= 16 && bytes.readUInt32LE(8) === 0x75465a4c ? decompress(bytes) : bytes.subarray(16);
  const text = plainText(rtf.toString('latin1')).trim();
  return text === '' ? null : text;
}

function decompress(bytes: Buffer): Buffer {
  const window = Buffer.alloc(WINDOW);
  let write = window.write(PRELOADED, 'latin1');
  const out: number[] = [];
  const put = (byte: number) => {
    out.push(byte);
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  for (let at = 16; at < bytes.length && out.length < LONGEST; ) {
    const flags = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length; bit++) {
      if ((flags & (1 << bit)) === 0) {
        put(bytes[at++] ?? 0);
        continue;
      }
      const token = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const offset = token >> 4;
      if (offset === write) return Buffer.from(out);
      for (let i = 0; i < (token & 15) + 2; i++) put(window[(offset + i) % WINDOW] ?? 0);
    }
  }
  return Buffer.from(out);
}

/** Groups that hold no text of the message. */
const HIDDEN = /^\\(\*|fonttbl|colortbl|stylesheet|info|pict|object|header|footer)/;

function plainText(rtf: string): string {
  const bytes: string[] = [];
  const hidden: boolean[] = [];
  const tokens = /\\'([0-9a-f]{2})|\\u(-?\d{1,6}) ?\??|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|([^\\{}\r\n]+)/gi;
  for (const match of rtf.matchAll(tokens)) {
    const [, hex, unicode, word, number, symbol, brace, text] = match;
    const isHidden = hidden.at(-1) ?? false;
    if (brace === '{') hidden.push(isHidden || HIDDEN.test(rtf.slice(match.index + 1, match.index + 14)));
    else if (brace === '}') hidden.pop();
    else if (word === 'htmlrtf') hidden[Math.max(0, hidden.length - 1)] = number !== '0';
    else if (isHidden) continue;
    else if (hex) bytes.push(new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex')));
    else if (unicode) bytes.push(String.fromCharCode(Number(unicode) & 0xffff));
    else if (word === 'par' || word === 'line') bytes.push('\n');
    else if (word === 'tab') bytes.push('\t');
    else if (symbol === '~') bytes.push(' ');
    else if (symbol === '\\' || symbol === '{' || symbol === '}') bytes.push(symbol);
    else if (text) bytes.push(text);
  }
  return bytes.join('');
}
