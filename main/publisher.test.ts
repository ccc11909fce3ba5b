import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openForTest } from '../register/test/builders.ts';
import { createDatabase } from '../test/setup/database.ts';
import { type CatalogueFolder, catalogueFolder, NEW_GROUP } from '../test/support/catalogue-folder.ts';
import { publisherOf } from './open-catalogue.ts';
import { PublishedCatalogue } from './published.ts';
import type { Publisher } from './publisher.ts';

const { register, ask, close } = await openForTest(await createDatabase());
const machines: CatalogueFolder[] = [];
afterEach(async () => {
  await ask('truncate catalogue_versions cascade');
  await ask('truncate budgets');
});
afterAll(async () => {
  for (const machine of machines) await machine.remove();
  await close();
});

interface Machine extends CatalogueFolder {
  readonly publisher: Publisher;
}

/** A machine with files of its own, all beginning the same. */
async function machine(): Promise<Machine> {
  const made = await catalogueFolder();
  machines.push(made);
  return { ...made, publisher: publisherOf({ catalogueFolder: made.folder, dataFolder: made.dataFolder }, register) };
}

const rename = (it: CatalogueFolder, name: string) => it.change('organisation.yaml', 'name: Gemeente Waterrijk', `name: ${name}`);
const inForce = () => register.published.activeVersion();

describe('a look at the catalogue', () => {
  it('publishes what changed, with what it was based on and its model, and nothing when nothing changed', async () => {
    const one = await machine();
    const first = await one.publisher.look();
    expect(first).toMatchObject({ kind: 'published', basedOn: null, version: await inForce() });
    expect(await one.publisher.look()).toEqual({ kind: 'same', version: await inForce() });
    await one.write('groups/garden.yaml', NEW_GROUP);
    const second = await one.publisher.look();
    expect(second).toMatchObject({ kind: 'published', basedOn: first.kind === 'published' ? first.version : '', version: await inForce() });
    expect(await ask('select count(*) from catalogue_versions v join models m on m.catalogue_version = v.version')).toEqual([[2]]);
    expect(await ask('select based_on from catalogue_versions where active')).toEqual([[first.kind === 'published' && first.version]]);
  });

  it('refuses files with mistakes whole, naming each with its line; what was in force stays', async () => {
    const one = await machine();
    await one.publisher.look();
    const before = await inForce();
    await rename(one, 'Gemeente Anders');
    await one.change('groups/travel-parking.yaml', 'team: security', 'team: securty');
    expect(await one.publisher.look()).toEqual({
      kind: 'invalid',
      active: before,
      problems: [expect.stringMatching(/^groups\/travel-parking\.yaml:\d+: .*unknown team "securty" \(did you mean "security"\?\)$/)],
    });
    expect(await inForce()).toBe(before);
  });

  it('stores budgets that changed although the version stays', async () => {
    const one = await machine();
    await one.publisher.look();
    const before = await inForce();
    await one.change('organisation.yaml', 'holder: griffier@example.org, open: true', 'holder: griffier@example.org, open: false');
    expect(await one.publisher.look()).toEqual({ kind: 'same', version: before });
    expect((await register.published.budgets(['441510'])).get('441510')?.open).toBe(false);
  });

  it('never overwrites what another machine published meanwhile, unless it is told to', async () => {
    const [one, two] = [await machine(), await machine()];
    const first = await one.publisher.look();
    expect(await two.publisher.look()).toMatchObject({ kind: 'same' });
    await rename(one, 'Gemeente Een');
    await one.publisher.look();
    const ofOne = await inForce();
    expect(await two.publisher.look(), 'not changed, only behind').toMatchObject({ kind: 'behind', active: ofOne });
    await rename(two, 'Gemeente Twee');
    const conflict = { kind: 'conflict', active: ofOne, basedOn: first.kind === 'published' && first.version };
    expect(await two.publisher.look()).toMatchObject(conflict);
    expect(await two.publisher.look()).toMatchObject(conflict);
    expect(await inForce()).toBe(ofOne);
    expect(await two.publisher.look({ force: true })).toMatchObject({ kind: 'published', basedOn: ofOne });
    expect(await inForce()).not.toBe(ofOne);
    expect(await one.publisher.look()).toMatchObject({ kind: 'behind' });
  });

  it('does not guess what unknown files were made from', async () => {
    const [one, two] = [await machine(), await machine()];
    await one.publisher.look();
    await rename(two, 'Gemeente Twee');
    expect(await two.publisher.look()).toMatchObject({ kind: 'conflict', basedOn: null });
  });

  it('takes a data folder that served another register for one that knows nothing', async () => {
    const one = await machine();
    await one.publisher.look();
    await ask('truncate catalogue_versions cascade');
    await rename(one, 'Gemeente Anders');
    expect(await one.publisher.look()).toMatchObject({ kind: 'published', basedOn: null });
    await rm(join(one.dataFolder, 'catalogue'), { recursive: true });
    expect(await one.publisher.look()).toMatchObject({ kind: 'same' });
  });

  it('by two at once, of the same files, comes to one version for both', async () => {
    const [one, two] = [await machine(), await machine()];
    const looks = await Promise.all([one.publisher.look(), two.publisher.look()]);
    expect(new Set(looks.map((look) => look.kind !== 'invalid' && look.version))).toEqual(new Set([await inForce()]));
    expect(looks.map(({ kind }) => kind)).not.toContain('conflict');
  });
});

describe('what every turn decides by', () => {
  it('changes at once, catalogue with model, and a form keeps the version it began with', async () => {
    const one = await machine();
    await one.publisher.look();
    const published = await PublishedCatalogue.open(register);
    const before = published.current();
    expect(await published.refresh()).toBeNull();
    await one.write('groups/garden.yaml', NEW_GROUP);
    await one.publisher.look();
    expect(published.current()).toBe(before);
    expect(await Promise.all([published.refresh(), published.refresh()])).toEqual([
      { catalogue: await inForce(), model: expect.stringMatching(/^local-/) },
      null,
    ]);
    const after = published.current();
    const context = { language: 'nl', lastProduct: null } as const;
    expect(after.understand('de bijenkast is omgewaaid', context).questions[0]?.product).toBe('beehive');
    expect(before.understand('de bijenkast is omgewaaid', context).questions[0]?.product).not.toBe('beehive');
    expect(await published.at(before.catalogue.version)).toEqual(before.catalogue);
    expect(await published.at('c-unknown')).toBe(after.catalogue);
  });

  it('stays what it was when the new version cannot be read', async () => {
    const one = await machine();
    await one.publisher.look();
    const published = await PublishedCatalogue.open(register);
    const before = published.current();
    await register.published.store('c-broken', { not: 'a catalogue' }, null);
    await register.published.activate('c-broken', 'any', null);
    await expect(published.refresh()).rejects.toThrow(/does not fit its schema/);
    expect(published.current()).toBe(before);
  });
});
