import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GROUP, problemsOf, removeFolders } from './catalogue-fixture.ts';
import { loadCatalogue } from './load.ts';

afterAll(removeFolders);

describe('a problem names file, line, what is wrong and the nearest right thing', () => {
  it.each([
    [
      'an unknown key',
      'usualKind: request',
      'usualKnd: request',
      [
        'groups/travel.yaml:4: products[taxi].usualKind: is missing; one of complaint, wish, information, fault, request',
        'groups/travel.yaml:6: products[taxi].usualKnd: unknown key "usualKnd" (did you mean "usualKind"?)',
      ],
    ],
    [
      'a key that resembles nothing',
      '    usualKind',
      '    budget: x\n    usualKind',
      [
        'groups/travel.yaml:6: products[taxi].budget: unknown key "budget" (known here: id, team, wishTeam, usualKind, name, description, synonyms, examples, answers, fields, confirm, restricted, readers, priority, parts, handler, agreement, delivery, offered)',
      ],
    ],
    [
      'an unknown kind of example',
      'wish: [three',
      'wishes: [three',
      ['groups/travel.yaml:12: products[taxi].examples.en.wishes: unknown key "wishes" (did you mean "wish"?)'],
    ],
    [
      'a missing part, at the line of its parent',
      '    name: { nl: Taxi, en: Taxi }',
      '    name: { nl: Taxi }',
      ['groups/travel.yaml:7: products[taxi].name.en: is missing'],
    ],
    [
      'an unknown kind',
      'usualKind: request',
      'usualKind: requests',
      [
        'groups/travel.yaml:6: products[taxi].usualKind: "requests" is not one of complaint, wish, information, fault, request (did you mean "request"?)',
      ],
    ],
    [
      'an unknown team',
      'team: desk',
      'team: dsk',
      ['groups/travel.yaml:5: products[taxi].team: unknown team "dsk" (did you mean "desk"?)'],
    ],
    [
      'an unknown team for wishes',
      'team: desk',
      'team: desk\n    wishTeam: hr',
      ['groups/travel.yaml:6: products[taxi].wishTeam: unknown team "hr" (known: desk)'],
    ],
    [
      'a bare number where text must stand',
      'nl: [taxi]',
      'nl: [112]',
      ['groups/travel.yaml:9: products[taxi].synonyms.nl[1]: must be text (put it in quotes)'],
    ],
    [
      'a field after which cannot be asked',
      'field: what',
      'field: wat',
      [
        'groups/travel.yaml:25: products[taxi].fields[destination].when.field: there is no field "wat" before this one (did you mean "what"?)',
      ],
    ],
    [
      'a value that the other field has not',
      'is: [car]',
      'is: [cat]',
      ['groups/travel.yaml:25: products[taxi].fields[destination].when.is[1]: "cat" is no value of "what" (did you mean "car"?)'],
    ],
    [
      'choices of a text',
      'type: choice',
      'type: text',
      ['groups/travel.yaml:19: products[taxi].fields[what].choices: a text has no choices (type: choice)'],
    ],
    [
      'a choice without choices',
      'type: text',
      'type: choice',
      [
        'groups/travel.yaml:22: products[taxi].fields[destination]: a choice needs "choices"',
        'groups/travel.yaml:24: products[taxi].fields[destination].find: a choice has no "find"',
      ],
    ],
    [
      'a bound on a text',
      'type: text',
      'type: text\n        max: 3',
      ['groups/travel.yaml:24: products[taxi].fields[destination].max: a text has no max'],
    ],
    [
      'a choice said twice',
      'id: van',
      'id: car',
      ['groups/travel.yaml:21: products[taxi].fields[what].choices[car].id: "car" stands twice in choices'],
    ],
    [
      'a group that is not the file',
      'group: travel',
      'group: travels',
      ['groups/travel.yaml:1: group: "travels" is not the file\'s name (write "travel" or rename the file)'],
    ],
    ['too few examples', ', vijf, zes', '', ['groups/travel.yaml:11: products[taxi].examples.nl: has 4 examples; at least 6 are needed']],
    ['a duration', '30m', '30', ['groups/travel.yaml:29: products[taxi].agreement.respond: must be text (put it in quotes)']],
    [
      'a duration in another unit',
      '30m',
      '30min',
      ['groups/travel.yaml:29: products[taxi].agreement.respond: must be a duration such as 30m, 4h or 2d, at most 250d'],
    ],
    [
      'a response after completion',
      '30m',
      '3d',
      ['groups/travel.yaml:29: products[taxi].agreement: respond (3d) is later than complete (2d)'],
    ],
    [
      'hours in no order',
      '08:00-12:00 12:30-17:00',
      '13:00-17:00 08:00-12:00',
      ['organisation.yaml:7: teams[desk].hours.mon-thu: must be hours in order such as "08:00-12:00 12:30-17:00"'],
    ],
    [
      'a day that does not exist',
      'fri: "',
      'fry: "',
      ['organisation.yaml:7: teams[desk].hours.fry: "fry" must be a day or days such as "mon" or "mon-fri"'],
    ],
    [
      'a day with hours twice',
      'fri: "',
      'thu: "',
      ['organisation.yaml:7: teams[desk].hours.thu: gives hours to a day that already has them'],
    ],
    [
      'a time zone',
      'Europe/Amsterdam',
      'Europe/Rotterdam',
      ['organisation.yaml:2: timeZone: must be a time zone such as Europe/Amsterdam'],
    ],
    ['a closed day', '2026-05-15', '2026-02-30', ['organisation.yaml:3: extraClosedDays[1]: must be a day such as 2026-12-24']],
    [
      'a team named twice',
      'budgets:',
      '  - { id: desk, name: { nl: B, en: D }, hours: { mon: "08:00-12:00" } }\nbudgets:',
      ['organisation.yaml:8: teams[desk].id: "desk" stands twice in teams'],
    ],
    [
      'a budget written twice in two ways',
      'open: true }',
      'open: true }\n  - { number: "4410 23", name: B, holder: C, open: false }',
      ['organisation.yaml:10: budgets[4410 23].number: "441023" stands twice in budgets'],
    ],
    [
      'an answer that leads to a script',
      'budgets:',
      `answers:
  - id: a
    questions: { nl: [vraag], en: [] }
    text: { nl: T, en: T }
    source: { nl: B, en: S }
    url: "javascript:alert(1)"
budgets:`,
      ['organisation.yaml:13: answers[a].url: must be an address that begins with http:// or https://'],
    ],
    [
      'an answer without a question',
      'budgets:',
      `answers:
  - { id: a, questions: { nl: [vraag], en: [] }, text: { nl: T, en: T }, source: { nl: B, en: S } }
budgets:`,
      ['organisation.yaml:9: answers[a].questions.en: must have at least one question'],
    ],
  ])('%s', async (_name, from, to, expected) => {
    expect(await problemsOf([[from, to]])).toEqual(expected);
  });

  it('a product id in two files', async () => {
    const other = GROUP.replace('group: travel', 'group: travel2');
    expect(await problemsOf([], { 'groups/travel2.yaml': other })).toEqual([
      'groups/travel2.yaml:4: products[taxi].id: product "taxi" already stands in groups/travel.yaml',
    ]);
  });

  it('a syntax error', async () => {
    const [first] = await problemsOf([['synonyms: { nl: [taxi], en: [cab] }', 'synonyms: { nl: [taxi, en: [cab] }']]);
    expect(first).toMatch(/^groups\/travel\.yaml:9: /);
  });

  it('a key said twice in one block', async () => {
    expect(await problemsOf([['    team: desk', '    team: desk\n    team: desk']])).toEqual([
      'groups/travel.yaml:6: Map keys must be unique',
    ]);
  });

  it('an alias that unfolds without end', async () => {
    const bomb = ['a: &a [x]', ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(9)}]`)].join(
      '\n',
    );
    expect((await problemsOf([], { 'groups/bomb.yaml': bomb }))[0]).toMatch(/^groups\/bomb\.yaml:1: .*alias/);
  });

  it('a file that is empty, and one that is not there', async () => {
    expect(await problemsOf([], { 'groups/empty.yaml': '' })).toEqual(['groups/empty.yaml:1: must be a block of keys']);
    const nowhere = await loadCatalogue(join(tmpdir(), 'loket-no-such-folder'));
    expect(nowhere.kind === 'invalid' && nowhere.problems.map(({ file }) => file)).toEqual(['groups', 'organisation.yaml']);
  });
});
