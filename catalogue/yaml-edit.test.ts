import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { endOf, rewritten, startOf } from './yaml-edit.ts';

const SOURCE = `# The head.
id: a # its id
name: { nl: Een, en: "One: 1" }
words: [x, 'y z', "q"]
long:
  [
    first,
    second,
  ]

items:
  # before the first
  - id: one # of one
    list:
      - a
      - b # of b
      # before c
      - c
    text: >-
      folded
      text

  - { id: two, list: [] }
  # before three
  - id: three
    note: "said"
last: true
# The end.
`;

function change(value: unknown): string {
  const root = parseDocument(SOURCE).contents;
  if (!root) throw new Error('no content');
  return SOURCE.slice(0, startOf(root)) + rewritten(SOURCE, root, value) + SOURCE.slice(endOf(root));
}

const original = (): Record<string, unknown> => parseDocument(SOURCE).toJS();
const lines = (text: string) => text.split('\n');

describe('the text of a YAML file after a change', () => {
  it('is the same when nothing changed', () => {
    expect(change(original())).toBe(SOURCE);
  });

  it('differs in the line that changed alone', () => {
    const text = change({ ...original(), id: 'b', last: false });
    expect(lines(text).filter((line) => !lines(SOURCE).includes(line))).toEqual(['id: b # its id', 'last: false']);
    expect(lines(text)).toHaveLength(lines(SOURCE).length);
  });

  it('keeps comments and blank lines with the items that stay, in their new order', () => {
    const [one, two, three] = [
      { id: 'one', list: ['c', 'a'], text: 'folded text' },
      { id: 'two', list: ['n: m'] },
      { id: 'three', note: 'said' },
    ];
    expect(change({ ...original(), items: [two, { id: 'four', list: ['x'] }, one, three] })).toContain(`items:
  # before the first
  - { id: two, list: ["n: m"] }
  - id: four
    list: [x]
  - id: one # of one
    list:
      - c
      - a
    text: >-
      folded
      text
`);
  });

  it('always says what it was to say, whatever was added, changed or taken away', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('a', 'b', 'c', '# no', '- x', 'k: v', '[', 'yes', '1.0', '', ' x ', 'a\nb', "it's", '"', '{ }', '~'),
    );
    const item = fc.record(
      {
        id: fc.constantFrom('one', 'two', 'three', 'four', 'five'),
        list: fc.array(word, { maxLength: 4 }),
        text: word,
        note: word,
        sub: fc.record({ nl: word }),
      },
      { requiredKeys: ['id'] },
    );
    const value = fc.record(
      {
        id: word,
        name: fc.record({ nl: word, en: word }),
        words: fc.array(word, { maxLength: 40 }),
        long: fc.array(word, { maxLength: 4 }),
        items: fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 5 }),
        last: fc.boolean(),
      },
      { requiredKeys: ['id', 'name', 'items'] },
    );
    fc.assert(
      fc.property(value, (it) => {
        const document = parseDocument(change(it));
        expect(document.errors).toEqual([]);
        expect(document.toJS()).toEqual(it);
      }),
      { numRuns: 1000 },
    );
  });
});
