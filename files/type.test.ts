import { describe, expect, it } from 'vitest';
import { mediaType, sniff } from './type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const PNG = bytes('\x89PNG\r\n\x1A\n\0\0\0\rIHDR');

describe('what a file is', () => {
  it.each([
    [PNG, 'image/png'],
    [bytes('\xFF\xD8\xFF\xE0'), 'image/jpeg'],
    [bytes('GIF89a'), 'image/gif'],
    [bytes('RIFF\x10\n\0\0WEBPVP8 '), 'image/webp'],
    [bytes('%PDF-1.7'), 'application/pdf'],
    [bytes('MZ\x90\0\x03'), 'program'],
    [bytes('\x7FELF\x02'), 'program'],
    [bytes('MZ-verslag van 3 maart'), null],
    [bytes('RIFF\x10\0\0\0WAVE'), null],
    [bytes('<svg xmlns="'), null],
    [bytes(''), null],
  ])('%j is %s', (head, found) => {
    expect(sniff(head)).toBe(found);
  });

  it('is told by its bytes, whatever was declared', () => {
    expect(mediaType('text/html', PNG)).toBe('image/png');
    expect(mediaType('image/png', bytes('<svg onload=alert(1)>'))).toBe('application/octet-stream');
    expect(mediaType('application/pdf', bytes('<html>'))).toBe('application/octet-stream');
  });

  it('is as declared where bytes tell nothing, if that is a type at all', () => {
    expect(mediaType('Text/Plain; charset=utf-8', bytes('hallo'))).toBe('text/plain');
    expect(mediaType('', bytes('hallo'))).toBe('application/octet-stream');
    expect(mediaType('text/html\r\nset-cookie: a=b', bytes('hallo'))).toBe('application/octet-stream');
    expect(mediaType(`${'x'.repeat(5000)}/y`, bytes('hallo'))).toBe('application/octet-stream');
  });
});
