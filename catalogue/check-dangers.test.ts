import { describe, expect, it } from 'vitest';
import { parsePhrase } from './phrase.ts';

const NAMED = { er: ['er is', 'ik zie'] };
const problem = (text: string) => {
  const parsed = parsePhrase(text, NAMED);
  return parsed.kind === 'ok' ? null : [parsed.message, parsed.hint].filter(Boolean).join('; ');
};

describe('a phrase', () => {
  it('is read with its alternatives, gaps, parts and named words', () => {
    expect(parsePhrase('= <er> ... (Brand|vuur en vlam) [hiér]', NAMED)).toEqual({
      kind: 'ok',
      phrase: {
        whole: true,
        parts: [
          [
            {
              kind: 'words',
              optional: false,
              options: [
                ['er', 'is'],
                ['ik', 'zie'],
              ],
            },
            { kind: 'gap' },
            { kind: 'words', optional: false, options: [['brand'], ['vuur', 'en', 'vlam']] },
            { kind: 'words', optional: true, options: [['hier']] },
          ],
        ],
      },
    });
  });

  it.each([
    ['(brand|vuur', 'has a "(" without ")"'],
    ['<eer> brand', 'knows no words called <eer>; did you mean "er"?'],
    ['... [hier]', 'names no word that must stand there'],
    ['brand +', 'names no word that must stand there'],
    ['= brand + vuur', 'cannot have both "=" and "+"'],
    ['brand ()', 'has brackets with nothing between them'],
    ['brand & vuur', 'has a "&" where a word should be'],
  ])('that is wrong says why: %s', (text, message) => {
    expect(problem(text)).toBe(message);
  });
});
