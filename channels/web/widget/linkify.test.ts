import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkify, safeUrl } from './linkify.ts';

test('links web addresses and leaves the punctuation of the sentence alone', () => {
  expect(linkify('Zie https://a.nl/b?c=1. Of (http://d.nl/e), klaar')).toEqual([
    { text: 'Zie ' },
    { text: 'https://a.nl/b?c=1', href: 'https://a.nl/b?c=1' },
    { text: '. Of (' },
    { text: 'http://d.nl/e', href: 'http://d.nl/e' },
    { text: '), klaar' },
  ]);
});

test('keeps brackets that belong to the address', () => {
  expect(linkify('https://a.nl/x_(y)')).toEqual([{ text: 'https://a.nl/x_(y)', href: 'https://a.nl/x_(y)' }]);
});

test('nothing but http and https becomes a link', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//a.nl', 'www.a.nl', 'java\nscript:x'])
    expect(safeUrl(url)).toBeNull();
  expect(linkify('javascript:alert(1) www.a.nl')).toEqual([{ text: 'javascript:alert(1) www.a.nl' }]);
});

test('no text is lost or added', () => {
  const bits = fc.constantFrom('https://a.nl', 'http://', '(', ')', '. ', '<b>', 'x', ' ', '\n', 'https://[');
  fc.assert(
    fc.property(fc.array(bits), (parts) => {
      const text = parts.join('');
      const joined = linkify(text)
        .map((piece) => piece.text)
        .join('');
      expect(joined).toBe(text);
    }),
  );
});
