import { beforeAll, describe, expect, it } from 'vitest';
import { addBusinessMinutes } from '../domain/index.ts';
import { businessHoursOf, loadCatalogue, parseCatalogue, productOf, teamOf } from './index.ts';
import type { Catalogue } from './types.ts';

let catalogue: Catalogue;

beforeAll(async () => {
  const result = await loadCatalogue(import.meta.dirname);
  if (result.kind === 'invalid') throw new Error('the shipped catalogue has problems');
  catalogue = result.catalogue;
});

describe('looking up', () => {
  it('finds products and teams by id, and says null for others', () => {
    for (const product of catalogue.products) expect(productOf(catalogue, product.id)).toBe(product);
    for (const team of catalogue.organisation.teams) expect(teamOf(catalogue, team.id)).toBe(team);
    expect(productOf(catalogue, 'no-such-product')).toBeNull();
    expect(teamOf(catalogue, '__proto__')).toBeNull();
  });

  it('counts deadlines in the hours of a team, its lunch break and the holidays', () => {
    const lunch: Catalogue = {
      ...catalogue,
      organisation: {
        ...catalogue.organisation,
        closedDays: ['2026-04-27'],
        teams: [{ id: 'desk', name: { nl: 'B', en: 'D' }, hours: { 1: halves(), 2: halves(), 5: halves() } }],
      },
    };
    const hours = businessHoursOf(lunch, 'desk');
    expect(businessHoursOf(lunch, 'desk')).toBe(hours);
    const fridayAfternoon = new Date('2026-04-24T16:30:00+02:00');
    expect(addBusinessMinutes(fridayAfternoon, 60, hours)).toEqual(new Date('2026-04-28T08:30:00+02:00'));
  });

  it('refuses hours of a team that is not there', () => {
    expect(() => businessHoursOf(catalogue, 'nobody')).toThrow(RangeError);
  });
});

describe('a catalogue from the register', () => {
  it('drops what a newer version added', () => {
    const newer = { ...JSON.parse(JSON.stringify(catalogue)), mood: 'sunny' };
    expect(parseCatalogue(newer)).toEqual(catalogue);
  });

  it('says what does not fit', () => {
    expect(() => parseCatalogue({ ...catalogue, products: [{ ...catalogue.products[0], team: 3 }] })).toThrow(/products\[0\]\.team/);
    expect(() => parseCatalogue(null)).toThrow(TypeError);
  });
});

function halves(): { from: string; to: string }[] {
  return [
    { from: '08:00', to: '12:00' },
    { from: '12:30', to: '17:00' },
  ];
}
