import { afterAll, describe, expect, it } from 'vitest';
import { catalogueOf, folders, load, removeFolders } from './catalogue-fixture.ts';
import { loadCatalogue } from './load.ts';

afterAll(removeFolders);

describe('a catalogue without mistakes', () => {
  it('becomes products with their group, minutes and defaults', async () => {
    const { products } = await catalogueOf([]);
    expect(products[0]).toMatchObject({ id: 'taxi', group: 'travel', confirm: false, restricted: false, answers: [] });
    expect(products[0]?.agreement).toEqual({ respond: 30, complete: 2 * 8 * 60 });
    expect(products[0]?.fields[0]?.choices[1]).toEqual({ id: 'van', label: { nl: 'Bus', en: 'Van' }, words: [] });
    expect(products[0]?.fields[1]).toMatchObject({ choices: [], find: ['naar', 'to'] });
  });

  it('reads hours per weekday', async () => {
    const { organisation } = await catalogueOf([]);
    const halves = [
      { from: '08:00', to: '12:00' },
      { from: '12:30', to: '17:00' },
    ];
    expect(organisation.teams[0]?.hours).toEqual({ 1: halves, 2: halves, 3: halves, 4: halves, 5: [{ from: '08:00', to: '12:00' }] });
  });

  it('closes on its own days and on the public holidays around now', async () => {
    const { closedDays } = (await catalogueOf([])).organisation;
    for (const day of ['2025-12-25', '2026-04-27', '2026-05-15', '2029-01-01']) expect(closedDays).toContain(day);
    expect(closedDays.some((day) => day >= '2030' || day < '2025')).toBe(false);
    expect(closedDays).toEqual([...new Set(closedDays)].sort());
  });

  it('returns the budgets beside it', async () => {
    const result = await load([]);
    expect(result.kind === 'ok' && result.budgets).toEqual([{ number: '4410-23', name: 'Burgerzaken', holder: 'Teammanager', open: true }]);
  });
});

describe('the version', () => {
  it('is the same for the same content in another order of keys', async () => {
    const one = await catalogueOf([]);
    const other = await catalogueOf([['    team: desk\n    usualKind: request\n', '    usualKind: request\n    team: desk\n']]);
    expect(one.version).toMatch(/^c-[0-9a-f]{10}$/);
    expect(other.version).toBe(one.version);
  });

  it('does not depend on the day it is loaded', async () => {
    const { version } = await catalogueOf([]);
    const later = await loadCatalogue(folders.at(-1) ?? '', new Date('2031-01-01T00:00:00Z'));
    expect(later.kind === 'ok' && later.catalogue.version).toBe(version);
  });

  it('changes with what people read and with extra closed days', async () => {
    const versions = [
      await catalogueOf([]),
      await catalogueOf([['Een taxi.', 'Een auto.']]),
      await catalogueOf([['2026-05-15', '2026-05-18']]),
    ];
    expect(new Set(versions.map(({ version }) => version)).size).toBe(3);
  });
});
