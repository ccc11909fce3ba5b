import { afterAll, describe, expect, it } from 'vitest';
import { load, problemsOf, removeFolders } from './catalogue-fixture.ts';

afterAll(removeFolders);

const END = '    agreement: { respond: 30m, complete: 2d }\n';
/** The small catalogue with these parts of a taxi ride. */
const withParts = (...parts: readonly string[]): [string, string] => [
  END,
  `    parts:\n${parts.map((part) => `      - ${part}\n`).join('')}${END}`,
];
const titled = (rest: string): string => `{ title: { nl: Deel, en: Part }, ${rest} }`;

describe('the parts of a product', () => {
  it('are taken with their team, order and condition', async () => {
    const found = await load([
      withParts(titled('id: order, team: desk'), titled('id: drive, team: desk, after: [order], when: { field: what, is: [car] }')),
    ]);
    const [taxi] = found.kind === 'ok' ? found.catalogue.products : [];
    expect(taxi?.parts).toEqual([
      { id: 'order', title: { nl: 'Deel', en: 'Part' }, team: 'desk', after: [] },
      { id: 'drive', title: { nl: 'Deel', en: 'Part' }, team: 'desk', after: ['order'], when: { field: 'what', is: ['car'] } },
    ]);
  });

  it.each([
    [
      'an unknown team',
      [titled('id: a, team: dsk')],
      ['groups/travel.yaml:30: products[taxi].parts[a].team: unknown team "dsk" (did you mean "desk"?)'],
    ],
    [
      'an unknown product',
      [titled('id: a, product: taxy')],
      ['groups/travel.yaml:30: products[taxi].parts[a].product: unknown product "taxy" (did you mean "taxi"?)'],
    ],
    ['nobody to do it', [titled('id: a')], ['groups/travel.yaml:30: products[taxi].parts[a]: must name a product or a team']],
    [
      'a product that has parts itself',
      [titled('id: a, product: taxi')],
      ['groups/travel.yaml:30: products[taxi].parts[a].product: "taxi" has parts itself (name its parts here)'],
    ],
    [
      'a part that is not there',
      [titled('id: a, team: desk, after: [badge]')],
      ['groups/travel.yaml:30: products[taxi].parts[a].after[1]: there is no part "badge" (known: a)'],
    ],
    [
      'a part named twice',
      [titled('id: a, team: desk'), titled('id: a, team: desk')],
      ['groups/travel.yaml:31: products[taxi].parts[a].id: "a" stands twice in parts'],
    ],
    [
      'a part that waits for itself',
      [titled('id: a, team: desk, after: [a]')],
      ['groups/travel.yaml:30: products[taxi].parts[a].after: parts wait for each other: a -> a'],
    ],
    [
      'parts that wait for each other',
      [titled('id: a, team: desk, after: [c]'), titled('id: b, team: desk, after: [a]'), titled('id: c, team: desk, after: [b]')],
      ['groups/travel.yaml:30: products[taxi].parts[a].after: parts wait for each other: a -> c -> b -> a'],
    ],
    [
      'a condition on no field',
      [titled('id: a, team: desk, when: { field: whot, is: [car] }')],
      ['groups/travel.yaml:30: products[taxi].parts[a].when.field: there is no field "whot" before this one (did you mean "what"?)'],
    ],
    [
      'a condition on no value',
      [titled('id: a, team: desk, when: { field: what, is: [bus] }')],
      ['groups/travel.yaml:30: products[taxi].parts[a].when.is[1]: "bus" is no value of "what" (known: car, van)'],
    ],
    [
      'a title in one language',
      ['{ id: a, team: desk, title: { nl: Deel } }'],
      ['groups/travel.yaml:30: products[taxi].parts[a].title.en: is missing'],
    ],
  ])('%s', async (_name, parts, expected) => {
    expect(await problemsOf([withParts(...parts)])).toEqual(expected);
  });

  it('are not for what is restricted: other teams would read it', async () => {
    expect(await problemsOf([withParts(titled('id: a, team: desk')), ['    usualKind', '    restricted: true\n    usualKind']])).toEqual([
      'groups/travel.yaml:30: products[taxi].parts: what is restricted has no parts (other teams would read what is in them)',
    ]);
  });
});
