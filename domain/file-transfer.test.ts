import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attachment } from './attachment.ts';
import { contentHeaders, readUpload } from './file-transfer.ts';
import { newId } from './ids.ts';

const file = (name: string, type: string): Attachment => ({ id: newId(), name, type, size: 3, state: 'clean' });

describe('content that is given', () => {
  it('is shown when it is a picture, and kept otherwise', () => {
    expect(contentHeaders(file('lek.jpg', 'image/jpeg'))['content-disposition']).toMatch(/^inline;/);
    for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'text/plain', 'application/octet-stream'])
      expect(contentHeaders(file('x', type))['content-disposition'], type).toMatch(/^attachment;/);
  });

  it('is never said to be anything that runs', () => {
    for (const type of [
      'text/html',
      'image/svg+xml',
      'application/xhtml+xml',
      'text/xml',
      'application/javascript',
      'text/javascript',
      'text/vbscript',
    ])
      expect(contentHeaders(file('x', type))['content-type'], type).toBe('application/octet-stream');
    const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    for (const type of ['application/pdf', 'text/plain', word]) expect(contentHeaders(file('x', type))['content-type']).toBe(type);
  });

  it('cannot run, be framed or be guessed at', () => {
    expect(contentHeaders(file('x', 'image/png'))).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': expect.stringContaining('no-store'),
    });
  });

  it('keeps its name, in letters that a header holds', () => {
    expect(contentHeaders(file('Köffie "1" (2).pdf', 'application/pdf'))['content-disposition']).toBe(
      `attachment; filename="Koffie _1_ (2).pdf"; filename*=UTF-8''K%C3%B6ffie%20%221%22%20%282%29.pdf`,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(contentHeaders(file(name, 'text/plain'))['content-disposition']).toMatch(/^[\x20-\x7E]*$/);
      }),
    );
  });
});

describe('a file that is sent', () => {
  it('has its name from the header, whatever stands there', () => {
    expect(readUpload({ 'x-file-name': encodeURIComponent('Köffie.pdf'), 'content-type': 'application/pdf' })).toEqual({
      name: 'Köffie.pdf',
      type: 'application/pdf',
    });
    expect(readUpload({})).toEqual({ name: '', type: '' });
    expect(readUpload({ 'x-file-name': '50%.txt' }).name).toBe('50%.txt');
    expect(readUpload({ 'x-file-name': 'x'.repeat(5_000) }).name).toHaveLength(1_000);
  });
});
