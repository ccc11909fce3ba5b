import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CatalogueFolder, catalogueFolder } from '../test/support/catalogue-folder.ts';
import { eventually } from '../test/support/eventually.ts';
import { CatalogueWatch } from './catalogue-watch.ts';
import type { Look } from './publisher.ts';

interface Watched {
  readonly files: CatalogueFolder;
  readonly watch: CatalogueWatch;
  readonly lines: string[];
  readonly looks: () => number;
  readonly steps: () => number;
  leads: boolean;
  next: Look | Error;
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const SAME: Look = { kind: 'same', version: 'c-1' };

/** A watch over real files, whose looks come to what the test says. */
async function watched(leads = true): Promise<Watched> {
  const files = await catalogueFolder();
  let looks = 0;
  let steps = 0;
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const look = async () => {
    looks += 1;
    if (it.next instanceof Error) throw it.next;
    return it.next;
  };
  const watch = new CatalogueWatch({
    folder: files.folder,
    publisher: { look },
    lead: async () => {
      steps += 1;
      return it.leads;
    },
    log: { info: say, warn: say, error: (_, line) => say(line) },
    pace: { pollMs: 60, stillMs: 30 },
  });
  const it: Watched = { files, watch, lines, looks: () => looks, steps: () => steps, leads, next: SAME };
  ends.push(async () => {
    await watch.stop();
    await files.remove();
  });
  return it;
}

/** Waits until it was asked five more times whether it leads: until then it would have looked. */
async function someTime(it: Watched): Promise<void> {
  const before = it.steps();
  await eventually(() => expect(it.steps()).toBeGreaterThan(before + 5));
}

describe('the watch over the catalogue', () => {
  it('looks once when a file changed, came or went, and not otherwise', async () => {
    const it = await watched();
    await it.watch.look();
    it.watch.begin([]);
    await it.files.change('organisation.yaml', 'name: Gemeente Waterrijk', 'name: Gemeente Anders');
    await eventually(() => expect(it.looks()).toBe(2));
    await it.files.write('groups/garden.yaml', 'group: garden');
    await eventually(() => expect(it.looks()).toBe(3));
    await rm(join(it.files.folder, 'groups/garden.yaml'));
    await eventually(() => expect(it.looks()).toBe(4));
    await it.files.write('notes.txt', 'not a catalogue file');
    await someTime(it);
    expect(it.looks()).toBe(4);
  });

  it('sees a file that is put in the place of another, as editors do, and a folder that was away', async () => {
    const it = await watched();
    await it.watch.look();
    it.watch.begin([]);
    await writeFile(join(it.files.folder, '.new'), 'name: x');
    await rename(join(it.files.folder, '.new'), join(it.files.folder, 'organisation.yaml'));
    await eventually(() => expect(it.looks()).toBe(2));
    await rm(it.files.folder, { recursive: true });
    await eventually(() => expect(it.looks()).toBe(3));
    await mkdir(it.files.folder);
    await it.files.write('organisation.yaml', 'name: back');
    await eventually(() => expect(it.looks()).toBe(4));
  });

  it('waits until files that are being written stand still', async () => {
    const it = await watched();
    await it.watch.look();
    it.watch.begin([]);
    for (let i = 0; i < 40; i++) await it.files.write('groups/garden.yaml', 'x'.repeat(i));
    await eventually(() => expect(it.looks()).toBeGreaterThanOrEqual(2));
    expect(it.looks()).toBeLessThan(6);
  });

  it('says the same thing once, and when it is in order again', async () => {
    const it = await watched();
    it.next = { kind: 'invalid', problems: ['groups/a.yaml:3: wrong', 'groups/b.yaml:4: wrong too'], active: 'c-1' };
    it.watch.begin([]);
    await eventually(() => expect(it.lines).toHaveLength(2));
    await it.files.write('groups/garden.yaml', '1');
    await eventually(() => expect(it.looks()).toBe(2));
    it.next = SAME;
    await it.files.write('groups/garden.yaml', '22');
    await eventually(() => expect(it.lines).toHaveLength(3));
    expect(it.lines).toEqual([
      'catalogue: groups/a.yaml:3: wrong (the version that was in force stays)',
      'catalogue: groups/b.yaml:4: wrong too (the version that was in force stays)',
      'the catalogue is in order again',
    ]);
  });

  it('leaves it to who leads, and looks when it leads itself', async () => {
    const it = await watched(false);
    it.watch.begin([]);
    await it.files.write('groups/garden.yaml', '1');
    await someTime(it);
    expect(it.looks()).toBe(0);
    it.leads = true;
    await eventually(() => expect(it.looks()).toBe(1));
  });

  it('goes on after a look that failed, which it says once', async () => {
    const it = await watched();
    it.next = new Error('the database is away');
    it.watch.begin([]);
    await eventually(() => expect(it.looks()).toBeGreaterThan(2));
    it.next = SAME;
    const failed = it.looks();
    await eventually(() => expect(it.looks()).toBe(failed + 1));
    expect(it.lines).toEqual(['looking at the catalogue failed; it is tried again']);
  });
});
