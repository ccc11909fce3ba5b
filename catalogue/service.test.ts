import { afterAll, describe, expect, it } from 'vitest';
import { catalogueOf, problemsOf, removeFolders } from './catalogue-fixture.ts';
import { agreedTimes, businessHoursOf, parseCatalogue, standbyAt } from './index.ts';

afterAll(removeFolders);

const CLOSED = 'extraClosedDays: ["2026-05-15"]\n';
const withOrganisation = (text: string) => [[CLOSED, `${CLOSED}${text}`]] as const;
const TAXI = { product: 'taxi', priority: 'normal', department: null } as const;

describe('agreements', () => {
  const exceptions = withOrganisation(
    `agreements:
  - { id: council, departments: [Bestuur], products: [taxi], respond: 10m, complete: 1h, warn: 50 }
  - { id: pressing, priorities: [high], respond: 15m, complete: 2h }
`,
  );

  it('are the product’s own, the first exception that fits, and the desk’s for what has no product', async () => {
    const catalogue = await catalogueOf(exceptions);
    expect(agreedTimes(catalogue, TAXI)).toEqual({ respond: 30, complete: 960, warn: 80, escalate: 150 });
    expect(agreedTimes(catalogue, { ...TAXI, department: ' bestuur' })).toMatchObject({ respond: 10, complete: 60, warn: 50 });
    expect(agreedTimes(catalogue, { ...TAXI, priority: 'high' })).toMatchObject({ respond: 15, complete: 120 });
    const slow = await catalogueOf(withOrganisation('agreements: [{ id: x, priorities: [high], respond: 1h, complete: 4d }]\n'));
    expect(agreedTimes(slow, { ...TAXI, priority: 'high' })).toMatchObject({ respond: 30, complete: 960 });
    expect(agreedTimes(catalogue, { ...TAXI, product: null })).toMatchObject({ respond: 240, complete: 960 });
  });

  it('may differ by priority within a product', async () => {
    const own = 'agreement: { respond: 30m, complete: 2d, high: { respond: 5m, complete: 4h }, escalate: 200 }';
    const catalogue = await catalogueOf([['agreement: { respond: 30m, complete: 2d }', own]]);
    expect(agreedTimes(catalogue, { ...TAXI, priority: 'high' })).toEqual({ respond: 5, complete: 240, warn: 80, escalate: 200 });
    expect(agreedTimes(catalogue, { ...TAXI, priority: 'low' })).toMatchObject({ respond: 30, complete: 960 });
  });

  it('survive the register', async () => {
    const catalogue = await catalogueOf(exceptions);
    expect(parseCatalogue(JSON.parse(JSON.stringify(catalogue)))).toEqual(JSON.parse(JSON.stringify(catalogue)));
  });
});

describe('closures', () => {
  it('close everything or some teams, and have a name, as the holidays have', async () => {
    const catalogue = await catalogueOf(
      withOrganisation(`closures:
  - { from: 2026-12-28, to: 2026-12-30, name: { nl: kerstsluiting, en: Christmas closure } }
  - { from: 2026-09-03, name: { nl: teamdag, en: team day }, teams: [desk] }
`),
    );
    expect(catalogue.organisation.closedDays).toEqual(expect.arrayContaining(['2026-12-28', '2026-12-29', '2026-12-30', '2026-04-27']));
    expect(catalogue.organisation.closedDays).not.toContain('2026-09-03');
    expect(businessHoursOf(catalogue, 'desk').closed.has('2026-09-03')).toBe(true);
    expect(catalogue.organisation.dayNames).toMatchObject({
      '2026-12-29': { nl: 'kerstsluiting', en: 'Christmas closure' },
      '2026-04-27': { nl: 'Koningsdag', en: "King's Day" },
    });
  });
});

describe('stand-by', () => {
  it('is who the rota names at a moment by the local clock', async () => {
    const rota = `    standby:
      - { from: "2026-11-27T17:00", to: "2026-11-30T08:00", name: Noor, address: noor@example.org }
`;
    const catalogue = await catalogueOf([['budgets:', `${rota}budgets:`]]);
    expect(standbyAt(catalogue, 'desk', new Date('2026-11-27T16:00:00Z'))?.name).toBe('Noor');
    expect(standbyAt(catalogue, 'desk', new Date('2026-11-27T15:59:00Z'))).toBeNull();
    expect(standbyAt(catalogue, 'desk', new Date('2026-11-30T07:00:00Z'))).toBeNull();
  });
});

describe('a mistake in what was agreed', () => {
  it.each([
    [
      'an exception for a product that is not there',
      withOrganisation('agreements: [{ id: x, products: [taxis], respond: 10m, complete: 1h }]\n'),
      'organisation.yaml:4: agreements[x].products[1]: unknown product "taxis" (did you mean "taxi"?)',
    ],
    [
      'an exception for nothing',
      withOrganisation('agreements: [{ id: x, respond: 10m, complete: 1h }]\n'),
      'organisation.yaml:4: agreements[x]: holds for nothing (name departments, products or priorities)',
    ],
    [
      'a closure that ends before it begins',
      withOrganisation('closures: [{ from: 2026-12-30, to: 2026-12-28, name: { nl: x, en: x } }]\n'),
      'organisation.yaml:4: closures[1].to: is before from',
    ],
    [
      'two that stand by at once',
      [
        [
          'budgets:',
          '    standby:\n      - { from: "2026-11-27T17:00", to: "2026-11-30T08:00", name: Noor, address: noor@example.org }\n      - { from: "2026-11-29T17:00", to: "2026-12-30T08:00", name: Omar, address: omar@example.org }\nbudgets:',
        ],
      ] as const,
      'organisation.yaml:10: teams[desk].standby[2]: overlaps with Noor',
    ],
    [
      'a high priority that is ready before anybody reacted',
      [['complete: 2d }', 'complete: 2d, high: { respond: 2h, complete: 1h } }']] as const,
      'groups/travel.yaml:29: products[taxi].agreement.high: respond (2h) is later than complete (1h)',
    ],
    [
      'readers of what everybody may read',
      [['agreement:', 'readers: [a@example.org]\n    agreement:']] as const,
      'groups/travel.yaml:29: products[taxi].readers: only what is restricted has readers (write restricted: true)',
    ],
    [
      'an agreement of years',
      [['complete: 2d', 'complete: 900d']] as const,
      'groups/travel.yaml:29: products[taxi].agreement.complete: must be a duration such as 30m, 4h or 2d, at most 250d',
    ],
  ])('is named with its line: %s', async (_, changes, problem) => {
    expect(await problemsOf(changes)).toEqual([problem]);
  });
});

const APPROVAL = `    delivery: { budgetNumber: true, approvalAbove: 250 }
    fields:
      - { id: costs, type: amount, required: before, label: { nl: Kosten, en: Costs }, ask: { nl: Kosten?, en: Costs? } }
      - { id: budget, type: budget-number, required: before, label: { nl: Budget, en: Budget }, ask: { nl: Budget?, en: Budget? } }
`;

describe('what a product asks before it is delivered', () => {
  it('is part of it, with nothing asked where nothing is said', async () => {
    const catalogue = await catalogueOf([['    fields:\n', APPROVAL]]);
    expect(catalogue.products[0]?.delivery).toEqual({ budgetHolder: false, budgetNumber: true, approvalAbove: 250 });
    expect((await catalogueOf([])).products[0]?.delivery).toBeUndefined();
  });

  it('is not approved above an amount that nobody is asked for', async () => {
    const problems = await problemsOf([['agreement:', 'delivery: { approvalAbove: 250 }\n    agreement:']]);
    expect(problems).toEqual([
      expect.stringContaining('needs a field of type amount'),
      expect.stringContaining('needs a field of type budget-number'),
    ]);
  });
});
