import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case, CasePatch, PersonId } from '../domain/index.ts';
import { aCase, aColleague, aConversation, aPerson, carryOut, happened, openForTest, registered } from '../register/test/builders.ts';
import { createDatabase } from '../test/setup/database.ts';
import { catalogueFolder } from '../test/support/catalogue-folder.ts';
import { Learner } from './learner.ts';
import { publisherOf } from './open-catalogue.ts';
import { PublishedCatalogue } from './published.ts';

const { register, ask, close } = await openForTest(await createDatabase());
const files = await catalogueFolder();
const publisher = publisherOf({ catalogueFolder: files.folder, dataFolder: files.dataFolder }, register);
await publisher.look();
const published = await PublishedCatalogue.open(register);
const said: string[] = [];
const say = (message: string) => said.push(message);
const learner = new Learner({
  register,
  published,
  lead: async () => true,
  log: { info: say, warn: say, error: (_, message) => say(message) },
});
afterAll(async () => {
  await files.remove();
  await close();
});

let anna: PersonId;
let sanne: PersonId;
beforeAll(async () => {
  anna = (await aColleague(register, { name: 'Anna Bakker', role: 'admin' })).id;
  sanne = await aPerson(register, 'Sanne Wijngaarden');
});

/** A case that a worker corrects once it is queued. */
async function corrected(given: Partial<Case>, patch: CasePatch): Promise<Case> {
  const conversation = await aConversation(register, { person: sanne });
  const it = aCase(conversation, { person: sanne, product: 'transport', kind: 'request', team: 'logistics', ...given });
  const opened = registered(it);
  const data = { product: it.product, kind: it.kind };
  if (opened.kind !== 'case') throw new Error('no case');
  const queued = happened(it, 'queued');
  const moved = happened(queued.case, 'moved', { kind: 'worker', id: anna }, patch);
  await carryOut(register, conversation, [{ ...opened, event: { ...opened.event, data } }, queued, moved]);
  return moved.case;
}

const proposals = () => register.examples.list('proposed');
const inForce = async () => (await register.models.inForce())?.model ?? '';

describe('a correction', () => {
  it('becomes a proposal once, without personal data, with what the desk had made of it', async () => {
    const text = 'mijn fiets staat in de weg, groet Sanne Wijngaarden, 06-12345678';
    const it = await corrected({ text }, { product: 'pool-car', kind: 'fault' });
    expect(await learner.propose()).toBe(1);
    expect(await learner.propose()).toBe(0);
    expect(await proposals()).toMatchObject([
      {
        case: it.id,
        text: 'mijn fiets staat in de weg, groet …, …',
        product: 'pool-car',
        kind: 'fault',
        team: null,
        was: { product: 'transport', kind: 'request' },
        by: { id: anna, name: 'Anna Bakker' },
      },
    ]);
  });

  it('of the same case again takes the place of the first proposal; back to what it was there is none', async () => {
    const it = await corrected({ text: 'het hek gaat niet open' }, { product: 'parking' });
    await learner.propose();
    const again = happened(it, 'moved', { kind: 'worker', id: anna }, { product: 'pool-car' });
    await carryOut(register, it.conversation, [again]);
    await learner.propose();
    const mine = async () => (await proposals()).filter((row) => row.case === it.id).map(({ product }) => product);
    expect(await mine()).toEqual(['pool-car']);
    await carryOut(register, it.conversation, [happened(again.case, 'moved', { kind: 'worker', id: anna }, { product: 'transport' })]);
    await learner.propose();
    expect(await mine()).toEqual([]);
  });

  it('of the kind alone teaches the kind; of the team alone asks which product', async () => {
    const kind = await corrected({ text: 'die taxi kwam weer niet' }, { kind: 'complaint' });
    const team = await corrected({ text: 'mijn beeldscherm flikkert' }, { team: 'ict' });
    await learner.propose();
    const of = async (it: Case) => (await proposals()).find((row) => row.case === it.id);
    expect(await of(kind)).toMatchObject({ product: 'transport', kind: 'complaint', team: null });
    expect(await of(team)).toMatchObject({ product: null, team: 'ict' });
  });

  it('of what is restricted, or of danger, is kept nowhere', async () => {
    const cases = [
      await corrected({ text: 'ik ben ziek', restricted: true }, { product: 'parking' }),
      await corrected({ text: 'er is brand', urgent: true }, { product: 'parking' }),
    ];
    await learner.propose();
    expect(await ask('select text from training_examples where case_id = any($1)', [cases.map(({ id }) => id)])).toEqual([]);
  });
});

describe('learning', () => {
  it('does nothing until something was accepted', async () => {
    expect(await learner.learn()).toEqual({ kind: 'nothing' });
  });

  it('lets a new model decide that is no worse, names what it was made of, and every process takes it over', async () => {
    const before = await inForce();
    const text = 'de zwieberbak bij de ingang is omgevallen';
    const it = await corrected({ text }, { product: 'pool-car', kind: 'fault' });
    await learner.propose();
    const [proposal] = (await proposals()).filter((row) => row.case === it.id);
    if (!proposal) throw new Error('no proposal');
    expect(await register.examples.accept(proposal.id, { text, product: 'pool-car', kind: 'fault' }, anna)).toBe(true);
    expect(await register.examples.accept(proposal.id, { text: 'twice', product: 'transport', kind: 'fault' }, anna)).toBe(false);
    const other = await PublishedCatalogue.open(register);
    expect(await learner.learn()).toEqual({ kind: 'live', model: await inForce() });
    expect(await learner.learn()).toEqual({ kind: 'nothing' });
    const model = await register.models.find(await inForce());
    expect(model).toMatchObject({
      catalogue: published.current().catalogue.version,
      examples: [proposal.id],
      judged: { against: before, lost: [] },
    });
    for (const process of [published, other]) {
      expect(await process.refresh()).toEqual({ catalogue: model?.catalogue, model: model?.id });
      expect(process.current().understand(text, { language: 'nl', lastProduct: null }).questions[0]?.product).toBe('pool-car');
    }
  });

  it('keeps what was learned when the catalogue changes, and drops it with its product', async () => {
    await files.change('organisation.yaml', 'name: Gemeente Waterrijk', 'name: Gemeente Anders');
    await publisher.look();
    await published.refresh();
    expect((await register.models.find(await inForce()))?.examples).toHaveLength(1);
    expect(await learner.learn()).toEqual({ kind: 'nothing' });
  });

  it('is undone by going back, and not done again from the same corrections', async () => {
    const learned = await inForce();
    const [taught] = (await register.examples.accepted()) ?? [];
    if (!taught) throw new Error('nothing was accepted');
    await register.examples.reject(taught.id, anna);
    expect(await learner.learn()).toMatchObject({ kind: 'live' });
    const without = await inForce();
    expect((await register.models.find(without))?.examples).toEqual([]);
    expect(await register.models.rollBack(learned, anna, 'it was right')).toBe(true);
    expect(await register.models.find(without)).toMatchObject({ state: 'rolled-back', reason: 'it was right' });
    expect(await learner.learn()).toEqual({ kind: 'nothing' });
    expect(await inForce()).toBe(learned);
    await published.refresh();
  });

  it('leaves out what was taken out, also beside something new, until a correction of it is taken back', async () => {
    const before = await inForce();
    const learn = async (text: string) => {
      await corrected({ text }, { product: 'pool-car', kind: 'fault' });
      await learner.propose();
      const proposal = (await proposals()).find((row) => row.text === text);
      if (!proposal) throw new Error('no proposal');
      await register.examples.accept(proposal.id, { text, product: 'pool-car', kind: 'fault' }, anna);
      return { id: proposal.id, learned: await learner.learn() };
    };
    const first = await learn('de grobbelaar van de blauwe lekt');
    expect(first.learned).toMatchObject({ kind: 'live' });
    expect(await register.models.rollBack(before, anna, 'not so')).toBe(true);
    expect((await learn('het slirpje van de groene klemt')).learned).toEqual({ kind: 'nothing' });
    await register.examples.reject(first.id, anna);
    expect(await learner.learn()).toMatchObject({ kind: 'live' });
    await published.refresh();
  });

  it('refuses a model by which another product gets worse, with the reason on the model', async () => {
    const before = await inForce();
    const taken = published.current().catalogue.products.find(({ id }) => id === 'transport')?.examples.nl.request ?? [];
    for (const text of taken.slice(0, 12)) {
      await corrected({ text: `${text} graag`, product: 'transport' }, { product: 'parking', kind: 'complaint' });
    }
    await learner.propose();
    for (const row of await proposals())
      if (row.product === 'parking')
        await register.examples.accept(row.id, { text: row.text, product: 'parking', kind: 'complaint' }, anna);
    const learned = await learner.learn();
    expect(learned).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/right, was \d+/) });
    expect(await inForce()).toBe(before);
    const [refused] = await register.models.list();
    expect(refused).toMatchObject({ state: 'refused', reason: learned.kind === 'refused' && learned.reason, canDecide: false });
    expect(said.join('\n')).toContain('does not go live');
    expect(await learner.learn(), 'not tried again from the same').toEqual({ kind: 'nothing' });
  });
});
