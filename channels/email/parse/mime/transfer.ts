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
      return decodeUuencode(body);
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

/** Line by line: a letter for its number of bytes, then four letters for each three of them. */
function decodeUuencode(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; ) {
    const feed = body.indexOf(0x0a, at);
    const end = feed < 0 ? body.length : feed;
    const last = body[end - 1] === 0x0d ? end - 1 : end;
    if (last > at && !isUuencodeFrame(body, at, last)) {
      const six = (place: number) => (place < last ? ((body[place] ?? 0x20) - 0x20) & 0x3f : 0);
      const size = Math.min(six(at), Math.ceil((last - at - 1) / 4) * 3);
      for (let done = 0, from = at + 1; done < size; done += 3, from += 4) {
        const word = (six(from) << 18) | (six(from + 1) << 12) | (six(from + 2) << 6) | six(from + 3);
        out[length++] = word >> 16;
        if (done + 1 < size) out[length++] = (word >> 8) & 0xff;
        if (done + 2 < size) out[length++] = word & 0xff;
      }
    }
    at = end + 1;
  }
  return out.subarray(0, length);
}

function isUuencodeFrame(body: Buffer, from: number, to: number): boolean {
  return to - from < 300 && /^(?:begin \d|end$)/.test(body.toString('latin1', from, to));
}
