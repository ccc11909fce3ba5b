import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeTransfer } from './transfer.ts';

/** As `uuencode` writes a file. */
function uuencoded(bytes: Uint8Array): string {
  const letter = (six: number) => (six === 0 ? '`' : String.fromCharCode(six + 32));
  const lines = ['begin 644 foto.png'];
  for (let at = 0; at < bytes.length; at += 45) {
    const row = bytes.subarray(at, at + 45);
    let line = letter(row.length);
    for (let i = 0; i < row.length; i += 3) {
      const word = ((row[i] ?? 0) << 16) | ((row[i + 1] ?? 0) << 8) | (row[i + 2] ?? 0);
      line += [18, 12, 6, 0].map((shift) => letter((word >> shift) & 63)).join('');
    }
    lines.push(line);
  }
  return [...lines, '`', 'end', ''].join('\r\n');
}

it('a file in uuencode is the same bytes again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect([...decodeTransfer(Buffer.from(uuencoded(bytes)), 'x-uuencode')]).toEqual([...bytes]);
    }),
  );
});

it('what is called uuencode and is not gives bytes, and never more than came', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(decodeTransfer(Buffer.from(bytes), 'uuencode').length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

it('Base64 in runs, each with its padding, is all of them', () => {
  const run = (text: string) => Buffer.from(text).toString('base64');
  expect(decodeTransfer(Buffer.from(`${run('De lamp')}\r\n${run(' is stuk')} (einde)\r\n`), 'base64').toString()).toBe('De lamp is stuk');
});
