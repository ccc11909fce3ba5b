import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endingOf, safeName } from './name.ts';

describe('a name for a file', () => {
  it.each([
    ['offerte.pdf', 'offerte.pdf'],
    ['Köffie & thee (2).docx', 'Köffie & thee (2).docx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\sanne\\Desktop\\foto.jpg', 'foto.jpg'],
    ['a\u0000b\r\nSet-Cookie: x.png', 'abSet-Cookie_ x.png'],
    ['factuur\u202Efdp.exe', 'factuurfdp.exe'],
    ['\u2066on\u200Bzicht\uFEFFbaar\u2069.txt', 'onzichtbaar.txt'],
    ['.htaccess', 'htaccess'],
    ['virus.exe. . ', 'virus.exe'],
    ['a<b>c:"d"|e?*.txt', 'a_b_c__d__e__.txt'],
    ['con', '_con'],
    ['NUL.tar.gz', '_NUL.tar.gz'],
    ['half \uD83D pair.png', 'half pair.png'],
    ['cafe\u0301.txt', 'café.txt'],
  ])('%j becomes %j', (given, name) => {
    expect(safeName(given, '')).toBe(name);
  });

  it('is found for what has none', () => {
    expect(safeName('', 'image/jpeg')).toBe('document.jpg');
    expect(safeName('../', 'application/x-unknown')).toBe('document');
    expect(safeName('\u202E \u0000', 'text/plain')).toBe('document.txt');
  });

  it('keeps its ending when it is too long', () => {
    const name = safeName(`${'lang '.repeat(200)}.pdf`, '');
    expect([...name]).toHaveLength(120);
    expect(endingOf(name)).toBe('pdf');
    expect([...safeName('😀'.repeat(300), '')]).toHaveLength(120);
  });

  it('never has what is no part of a name, and is fit once it is made fit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = safeName(given, '');
        expect(name).toMatch(/^[^\p{C}\p{Zl}\p{Zp}/\\<>:"|?*]+$/u);
        expect(name).not.toMatch(/^[. ]|[. ]$/);
        expect([...name].length).toBeLessThanOrEqual(120);
        expect(safeName(name, '')).toBe(name);
      }),
    );
  });
});
