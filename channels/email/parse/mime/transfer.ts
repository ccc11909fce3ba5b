/** Undoes the Content-Transfer-Encoding (RFC 2045, section 6), forgiving what mailers get wrong. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'base64':
      return decodeBase64(body.toString('latin1'));
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'x-uue':
    case 'uuencode':
      return decodeUuencode(body.toString('latin1'));
    default:
      return body;
  }
}

/** Several encoded runs may stand one after the other, each with its own padding. What follows one behind a blank on its line is none. */
function decodeBase64(text: string): Buffer {
  const padding = text.indexOf('=');
  if (padding < 0 || /^[=\s]*$/.test(text.slice(padding, padding + 1_000)) === false) {
    return Buffer.concat(text.split(/=+(?:[ \t]+\S[^\n]*)?/).map((run) => Buffer.from(run, 'base64')));
  }
  return Buffer.from(text, 'base64');
}

const hex = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    const high = hex(body[at + 1]);
    const low = hex(body[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    const next = softBreakEnd(body, at + 1);
    if (next < 0) out[length++] = byte;
    else at = next - 1;
  }
  return out.subarray(0, length);
}

/** Where the line after a soft break begins; -1 when it is none. Blanks before the line's end are forgiven. */
function softBreakEnd(body: Buffer, from: number): number {
  let at = from;
  while (at - from < 80 && (body[at] === 0x20 || body[at] === 0x09)) at++;
  if (at >= body.length) return at;
  if (body[at] === 0x0d) return body[at + 1] === 0x0a ? at + 2 : at + 1;
  return body[at] === 0x0a ? at + 1 : -1;
}

function decodeUuencode(text: string): Buffer {
  const runs: Buffer[] = [];
  for (const line of text.split(/\r?\n/)) {
    const size = (line.charCodeAt(0) - 32) & 63;
    if (line === '' || /^(begin \d|end$)/.test(line) || size === 0) continue;
    const run = Buffer.alloc(Math.ceil((line.length - 1) / 4) * 3);
    for (let i = 1, to = 0; i < line.length; i += 4, to += 3) {
      const six = (k: number) => ((line.charCodeAt(i + k) || 32) - 32) & 63;
      const word = (six(0) << 18) | (six(1) << 12) | (six(2) << 6) | six(3);
      run.writeUIntBE(word, to, 3);
    }
    runs.push(run.subarray(0, size));
  }
  return Buffer.concat(runs);
}
