import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../domain/index.ts';
import { LEAST_EXAMPLES } from './check.ts';
import { formatProblem, loadCatalogue, parseCatalogue } from './index.ts';
import type { Catalogue } from './types.ts';

/** The fixed facts that the catalogue's quality is judged on: group, product, team, usual kind. */
const PRODUCTS = `
  building-comfort heating-cooling facilities fault
  building-comfort lighting facilities fault
  building-comfort plumbing facilities fault
  building-comfort lift facilities fault
  building-comfort electricity facilities fault
  building-comfort doors-windows facilities fault
  building-comfort cleaning-request cleaning request
  building-comfort waste cleaning request
  building-comfort pest-control cleaning fault
  building-comfort sanitary-supplies cleaning request
  computer-phone password ict request
  computer-phone account-access ict request
  computer-phone laptop ict fault
  computer-phone software ict request
  computer-phone printer ict fault
  computer-phone network ict fault
  computer-phone phone ict request
  computer-phone mailbox ict request
  computer-phone file-restore ict request
  employment leave hr information
  employment payslip hr information
  employment sickness hr information
  employment expenses hr request
  employment training hr request
  employment onboarding hr request
  employment employment-statement hr request
  food-drinks meeting-catering catering request
  food-drinks event-reception catering request
  food-drinks coffee-machine catering fault
  food-drinks canteen catering information
  meetings-visitors room-booking reception request
  meetings-visitors event-space reception request
  meetings-visitors visitor reception request
  meetings-visitors meeting-av ict fault
  post-documents mail-parcel logistics request
  post-documents courier logistics request
  post-documents archive records request
  post-documents library records request
  post-documents print-shop records request
  purchasing purchase purchasing request
  purchasing invoice purchasing information
  purchasing supplier purchasing complaint
  purchasing service-agreement account-management wish
  purchasing new-service account-management wish
  safety-access access-badge security request
  safety-access security-incident security fault
  safety-access first-aid security information
  safety-access phishing ict fault
  travel-parking parking security request
  travel-parking transport logistics request
  travel-parking pool-car logistics request
  travel-parking travel-allowance hr information
  workplace furniture facilities request
  workplace office-supplies logistics request
  workplace move logistics request
  workplace handyman facilities request
  workplace keys-lockers security request
  workplace lost-found reception request
`;
const TEAMS = 'facilities cleaning catering reception security logistics ict hr records purchasing account-management desk';

async function shipped(): Promise<Catalogue> {
  const result = await loadCatalogue(import.meta.dirname);
  if (result.kind === 'invalid') throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.catalogue;
}

describe('the catalogue that ships with the project', () => {
  it('has exactly the agreed products, each with its group, team and usual kind', async () => {
    const { products } = await shipped();
    const found = products.map(({ group, id, team, usualKind }) => `${group} ${id} ${team} ${usualKind}`);
    const agreed = PRODUCTS.trim().split(/\s*\n\s*/);
    expect(agreed).toHaveLength(58);
    expect(found.sort()).toEqual(agreed.sort());
  });

  it('has the ten groups and twelve teams', async () => {
    const { groups, organisation } = await shipped();
    expect(groups).toHaveLength(10);
    expect(organisation.teams.map(({ id }) => id)).toEqual(TEAMS.split(' '));
  });

  it('gives every product enough examples in both languages, each said once', async () => {
    const { products } = await shipped();
    for (const { id, examples } of products) {
      for (const language of LANGUAGES) {
        const all = Object.values(examples[language]).flat();
        expect(all.length, `${id} ${language}`).toBeGreaterThanOrEqual(LEAST_EXAMPLES[language]);
        expect(new Set(all).size, `${id} ${language}`).toBe(all.length);
      }
    }
  });

  it('can answer something about every information product', async () => {
    const { products } = await shipped();
    const silent = products.filter(({ usualKind, answers }) => usualKind === 'information' && answers.length === 0);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('has at least three answers for every product', async () => {
    const { products } = await shipped();
    expect(products.filter(({ answers }) => answers.length < 3).map(({ id }) => id)).toEqual([]);
  });

  it('uses an example for one product only', async () => {
    const { products } = await shipped();
    const owners = new Map<string, string>();
    const clashes: string[] = [];
    for (const { id, examples } of products) {
      for (const language of LANGUAGES) {
        for (const example of Object.values(examples[language]).flat()) {
          const owner = owners.get(example.toLowerCase());
          if (owner !== undefined && owner !== id) clashes.push(`${example}: ${owner}, ${id}`);
          owners.set(example.toLowerCase(), id);
        }
      }
    }
    expect(clashes).toEqual([]);
  });

  it('comes back from the register as it went in', async () => {
    const catalogue = await shipped();
    expect(parseCatalogue(JSON.parse(JSON.stringify(catalogue)))).toEqual(catalogue);
  });
});
