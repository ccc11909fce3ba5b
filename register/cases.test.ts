import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, type CaseId, type ConversationId, newId, type PersonId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import type { CaseView, Colleague } from './index.ts';
import { aCase, aColleague, aConversation, aPerson, carryOut, hours, openForTest, registered } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);
const { cases } = register;

let teams = 0;
/** A team that no other test uses. */
function aTeam(): string {
  teams += 1;
  return `team-${teams}`;
}

async function stored<Given extends Partial<Case>>(conversation: ConversationId, ...given: readonly Given[]): Promise<Case[]> {
  const made = given.map((it) => aCase(conversation, it));
  await carryOut(register, conversation, made.map(registered));
  await register.search.index();
  return made;
}

async function listed(view: CaseView, colleague: Colleague, search?: string): Promise<CaseId[]> {
  return (await cases.list(view, colleague, { search })).cases.map((it) => it.case.id);
}

const nextOf = async (team: string, colleague: Colleague) => (await cases.nextQueued(team, colleague)).map(({ id }) => id);
const idsOf = (list: readonly (Case | undefined)[]) => list.map((it) => it?.id);

describe('a list', () => {
  const [own, other] = [aTeam(), aTeam()];
  let worker: Colleague;
  let ours: Case[];
  beforeAll(async () => {
    worker = await aColleague(register, { name: 'Anna Bakker', teams: [own] });
    const colleague = await aColleague(register, { name: 'Bas van Dam', teams: [own] });
    const person = await aPerson(register, 'Sanne de Vries');
    const conversation = await aConversation(register, { person });
    ours = await stored(
      conversation,
      { team: own, state: 'queued', respondBy: hours(3), completeBy: hours(4), person },
      { team: own, state: 'open', respondBy: hours(1), completeBy: hours(90) },
      { team: own, state: 'claimed', worker: worker.id, respondBy: hours(1), completeBy: hours(5) },
      { team: own, state: 'waiting', worker: worker.id, completeBy: hours(2) },
      { team: own, state: 'claimed', worker: colleague.id, completeBy: null, respondBy: hours(-50), openedAt: hours(-1) },
      { team: own, state: 'ready', openedAt: hours(1) },
      { team: own, state: 'closed', openedAt: hours(2) },
      { team: own, state: 'withdrawn', openedAt: hours(3) },
      { team: own, state: 'merged', openedAt: hours(0) },
      { team: other, state: 'claimed', worker: worker.id, completeBy: hours(1.5) },
      { team: other, state: 'queued' },
    );
  });
  const which = (...places: readonly number[]) => idsOf(places.map((place) => ours[place]));

  it('of a team is what is not finished, the most urgent first: to respond while nobody holds it, to complete after that', async () => {
    expect(await listed({ kind: 'team', team: own }, worker)).toEqual(which(4, 1, 3, 0, 2));
  });

  it('of mine is what I hold, of whatever team; waiting is what of it waits', async () => {
    expect(await listed({ kind: 'mine' }, worker)).toEqual(which(9, 3, 2));
    expect(await listed({ kind: 'waiting' }, worker)).toEqual(which(3));
  });

  it('of all is what I may see and is not finished', async () => {
    expect(await listed({ kind: 'all' }, worker)).toEqual(which(4, 1, 9, 3, 0, 2));
  });

  it('of what is done begins with the newest', async () => {
    expect(await listed({ kind: 'done' }, worker)).toEqual(which(7, 6, 5, 8));
  });

  it('shows requester, worker and the moment that counts', async () => {
    const { cases: rows } = await cases.list({ kind: 'team', team: own }, worker, {});
    expect(rows.map(({ requester, workerName, due }) => [requester, workerName, due])).toEqual([
      [null, 'Bas van Dam', hours(-1)],
      [null, null, hours(1)],
      [null, 'Anna Bakker', hours(2)],
      ['Sanne de Vries', null, hours(3)],
      [null, 'Anna Bakker', hours(5)],
    ]);
  });

  it('gives by the register alone the next that is queued', async () => {
    expect(await nextOf(own, worker)).toEqual([ours[0]?.id]);
    expect(await nextOf(other, worker)).toEqual([]);
  });

  it('has counts that agree with it', async () => {
    const counts = await cases.counts(worker);
    expect(counts).toMatchObject({ mine: 3, waiting: 1 });
    const open = async (team: string) => (await listed({ kind: 'team', team }, worker)).length;
    expect(counts.teams.find((it) => it.team === own)?.open).toBe(await open(own));
    expect(counts.teams.find((it) => it.team === other)?.open).toBe(await open(other));
  });
});

describe('the counts', () => {
  it('call late what is past its moment and does not wait', async () => {
    const team = aTeam();
    const worker = await aColleague(register, { teams: [team] });
    const [past, future] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    await stored(
      await aConversation(register),
      { team, state: 'queued', respondBy: past },
      { team, state: 'queued', respondBy: future },
      { team, state: 'claimed', respondBy: past, completeBy: future },
      { team, state: 'waiting', completeBy: past },
      { team, state: 'closed', completeBy: past },
    );
    expect(await cases.counts(worker)).toEqual({ teams: [{ team, open: 4, late: 1 }], mine: 0, waiting: 0, urgent: [] });
  });
});

describe('what is urgent', () => {
  it('stands before what is later than it, on every page, is the next to be taken, and is named until it is claimed', async () => {
    const team = aTeam();
    const worker = await aColleague(register, { teams: [team] });
    const conversation = await aConversation(register);
    const late = Array.from({ length: 51 }, (_, i) => ({ team, state: 'queued', respondBy: hours(-100 - i) }) as const);
    await stored(conversation, ...late);
    const [alarm] = await stored(conversation, { team, state: 'queued', urgent: true, respondBy: hours(0), title: 'SPOED: brand' });
    if (!alarm) throw new Error('nothing was stored');
    const first = await cases.list({ kind: 'team', team }, worker, {});
    expect(first.cases[0]?.case).toMatchObject({ id: alarm.id, urgent: true });
    const second = await cases.list({ kind: 'team', team }, worker, { after: first.next ?? '' });
    expect(new Set([...first.cases, ...second.cases].map((it) => it.case.id)).size).toBe(52);
    expect(await nextOf(team, worker)).toEqual([alarm.id]);
    expect((await cases.counts(worker)).urgent).toEqual([{ id: alarm.id, reference: alarm.reference, title: 'SPOED: brand', team }]);
  });
});

describe('the pages of a list', () => {
  const team = aTeam();
  let worker: Colleague;
  let open: Case[];
  let done: Case[];
  beforeAll(async () => {
    worker = await aColleague(register, { teams: [team] });
    const conversation = await aConversation(register);
    open = await stored(conversation, ...Array.from({ length: 130 }, () => ({ team, state: 'queued' as const, respondBy: hours(1) })));
    done = await stored(conversation, ...Array.from({ length: 101 }, () => ({ team, state: 'closed' as const })));
  });

  async function pages(view: CaseView): Promise<CaseId[][]> {
    const found: CaseId[][] = [];
    for (let after: string | undefined; ; ) {
      const page = await cases.list(view, worker, { after });
      found.push(page.cases.map((it) => it.case.id));
      if (page.next === null) return found;
      after = page.next;
    }
  }

  it.each([{ kind: 'team', team } as const, { kind: 'all' } as const])(
    'of $kind hold every case once, when all have the same moment',
    async (view) => {
      const found = await pages(view);
      expect(found.map((page) => page.length)).toEqual([50, 50, 30]);
      expect(found.flat()).toEqual(idsOf(open).toSorted());
    },
  );

  it('hold every case once, when the moments are a microsecond apart', async () => {
    await ask(
      `update cases set respond_by = respond_by + n * interval '1 microsecond' from (select id, row_number() over (order by id desc) n from cases where team = $1) x
       where x.id = cases.id and state = 'queued'`,
      [team],
    );
    expect((await pages({ kind: 'team', team })).flat()).toEqual(idsOf(open).toSorted().reverse());
  });

  it('of what is done hold every case once, the last made first', async () => {
    const found = await pages({ kind: 'done' });
    expect(found.map((page) => page.length)).toEqual([50, 50, 1]);
    expect(found.flat()).toEqual(idsOf(done).toSorted().reverse());
  });

  it('go on where the last ended, when cases before it have gone', async () => {
    const all = (await pages({ kind: 'team', team })).flat();
    const first = await cases.list({ kind: 'team', team }, worker, {});
    await ask(`update cases set state = 'closed' where id = any($1)`, [all.slice(20, 50)]);
    const second = await cases.list({ kind: 'team', team }, worker, { after: first.next ?? '' });
    expect(second.cases.map((it) => it.case.id)).toEqual(all.slice(50, 100));
    await ask(`update cases set state = 'queued' where id = any($1)`, [all.slice(20, 50)]);
  });

  const id = newId<CaseId>();
  const cursor = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  it.each([
    ['nothing', ''],
    ['no base64', '%%%%'],
    ['no JSON', cursor('{')],
    ['null', cursor('null')],
    ['an object', cursor({ at: 1, id })],
    ['an empty list', cursor([])],
    ['a moment that is text', cursor(['2026-01-01 00:00:00+00', id])],
    ['a moment that is none', cursor(['9999-99-99 99:99:99', id])],
    ['a moment past all numbers', cursor(`[1e999, "${id}"]`)],
    ['half a microsecond', cursor([0.5, id])],
    ['an id that is none', cursor([1, '-'.repeat(36)])],
    ['SQL', cursor([1, `${id}'; drop table cases; --`])],
    ['much', cursor('['.repeat(50_000))],
  ])('begin at the beginning, when the cursor is %s', async (_, after) => {
    const first = await cases.list({ kind: 'team', team }, worker, {});
    expect(await cases.list({ kind: 'team', team }, worker, { after })).toEqual(first);
  });

  it.each([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('may be asked for from the moment %d', async (at) => {
    const page = await cases.list({ kind: 'team', team }, worker, { after: cursor([at, id]) });
    expect(page.cases).toHaveLength(at > 0 ? 0 : 50);
  });
});

describe('a search', () => {
  const team = aTeam();
  let worker: Colleague;
  let found: Case[];
  beforeAll(async () => {
    worker = await aColleague(register, { teams: [team] });
    const person = await aPerson(register, 'Sanne Ødegård');
    found = await stored(
      await aConversation(register, { person }),
      ...[
        { team, text: '50% korting op de lunch', person },
        { team, text: 'kamer_12 is koud' },
        { team, text: 'kamer 12 is warm' },
        { team, text: 'het pad is C:\\temp' },
        { team, text: 'de bureaulampen flikkeren' },
        { team, text: 'koffie in het café' },
        { team, text: 'the radiator is leaking', language: 'en' as const },
        { team: aTeam(), text: '50% van een ander' },
      ].map((it) => ({ ...it, title: it.text })),
    );
  });
  const search = (text: string) => listed({ kind: 'all' }, worker, text);
  const which = (...places: readonly number[]) => idsOf(places.map((place) => found[place])).toSorted();

  it.each([
    ['a word, however written', 'KAMER', [1, 2]],
    ['the beginning of a word', 'kort', [0]],
    ['another form of a word', 'kortingen', [0]],
    ['a part of a compound', 'lampen', [4]],
    ['a word with two letters in the wrong order', 'kaemr', [1, 2]],
    ['a word with a letter too many', 'kammer', [1, 2]],
    ['a word with a letter missing', 'radator', [6]],
    ['a word without its accents', 'cafe', [5]],
    ['an English word in another form', 'leaks', [6]],
    ['all of several words', 'warm kamer', [2]],
    ['not what has only one of them', 'warm pad', []],
    ['a number with a sign', '50%', [0]],
    ['nothing by a sign', '%', []],
    ['kamer_12', 'kamer_12', [1, 2]],
    ['nothing by \\', '\\', []],
    ['the name of the requester', 'ødegård', [0]],
    ['the name without accents', 'odegard', [0]],
    ['blanks around it', '  warm ', [2]],
    ['blanks alone: everything', '   ', [0, 1, 2, 3, 4, 5, 6]],
    ['zero bytes', 'wa\u0000rm', [2]],
    ['half a character', '\uD83D', []],
    ['SQL', `'; drop table cases --`, []],
    ['a query of its own', `zzzz & !yyyy | 'xxxx':*`, []],
  ])('finds %s', async (_, text, places) => {
    expect((await search(text)).toSorted()).toEqual(which(...places));
  });

  it('finds a reference, also in part and in small letters', async () => {
    const reference = found[1]?.reference ?? '';
    expect(await search(reference.toLowerCase())).toEqual([found[1]?.id]);
    expect(await search(reference.slice(3))).toEqual([found[1]?.id]);
    expect(found[1] && (await cases.byReference(found[1].reference))?.id).toBe(found[1]?.id);
    expect(await cases.byReference(aCase(newId<ConversationId>()).reference)).toBeNull();
  });
});

describe('what one may see', () => {
  const [own, other] = [aTeam(), aTeam()];
  let made: Case[];
  let held: Case[];
  let worker: Colleague;
  let person: PersonId;
  beforeAll(async () => {
    worker = await aColleague(register, { teams: [own] });
    person = await aPerson(register);
    const conversation = await aConversation(register, { person });
    const all = { person, text: 'wie ziet dit?' };
    made = await stored(
      conversation,
      { ...all, team: own, openedAt: hours(1) },
      { ...all, team: own, openedAt: hours(2), restricted: true },
      { ...all, team: other, openedAt: hours(3) },
      { ...all, team: other, openedAt: hours(4), restricted: true },
    );
    held = await stored(conversation, { ...all, team: other, openedAt: hours(5), restricted: true, state: 'claimed', worker: worker.id });
  });

  /** What `find`, the lists and the earlier cases of the same requester all agree upon. */
  const seenBy = async (colleague: Colleague) => {
    const everything = [...made, ...held];
    const shown = await Promise.all(everything.map((it) => cases.find(it.id, colleague)));
    const byFind = everything.filter((_, i) => shown[i] !== null).map((it) => it.id);
    expect((await listed({ kind: 'all' }, colleague, 'wie ziet dit?')).toSorted()).toEqual(byFind.toSorted());
    const earlier = await cases.earlier(aCase(newId<ConversationId>(), { person }), colleague);
    expect(earlier.map((it) => it.case.id).toSorted()).toEqual(byFind.toSorted());
    return byFind;
  };
  const places = (ids: readonly CaseId[]) => ids.map((id) => idsOf([...made, ...held]).indexOf(id));

  it('is for a worker: of the own teams everything, of others what one holds', async () => {
    expect(places(await seenBy(worker))).toEqual([0, 1, 4]);
  });

  it('is for a worker without a team what one holds', async () => {
    expect(places(await seenBy(await aColleague(register)))).toEqual([]);
    expect(places(await seenBy({ ...worker, teams: [] }))).toEqual([4]);
  });

  it('is for an administrator everything that is not restricted', async () => {
    expect(places(await seenBy(await aColleague(register, { role: 'admin' })))).toEqual([0, 2]);
  });

  it('is for an administrator who is in a team also what is restricted there', async () => {
    expect(places(await seenBy(await aColleague(register, { role: 'admin', teams: [other] })))).toEqual([0, 2, 3, 4]);
  });

  it('goes for lists and counts of a team that one is not in', async () => {
    expect(await listed({ kind: 'team', team: other }, worker)).toEqual(idsOf(held));
    expect((await cases.counts(worker)).teams.find((it) => it.team === other)).toMatchObject({ open: 1 });
    expect(await nextOf(other, worker)).toEqual([]);
    expect(await cases.find(newId<CaseId>(), worker)).toBeNull();
  });
});

describe('earlier cases', () => {
  it('are the last ten of the same requester, the newest first, without the case itself', async () => {
    const team = aTeam();
    const worker = await aColleague(register, { teams: [team] });
    const person = await aPerson(register);
    const given = Array.from({ length: 13 }, (_, i) => ({ team, person, openedAt: hours(i) }));
    const made = await stored(await aConversation(register, { person }), ...given);
    const [nobodys] = await stored(await aConversation(register), { team });
    const newest = made[12];
    const earlier = newest ? await cases.earlier(newest, worker) : [];
    expect(earlier.map((it) => it.case.id)).toEqual(idsOf(made.slice(2, 12)).reverse());
    expect(nobodys && (await cases.earlier(nobodys, worker))).toEqual([]);
  });
});

describe('cases beside one', () => {
  it('are the unfinished ones of its product and team that one may read, the newest first', async () => {
    const [own, other] = [aTeam(), aTeam()];
    const worker = await aColleague(register, { teams: [own] });
    const given = { team: own, product: 'lift', state: 'queued' } as const;
    const [it, first, second] = await stored(
      await aConversation(register),
      given,
      { ...given, openedAt: hours(1) },
      { ...given, state: 'waiting', openedAt: hours(2) },
      { ...given, state: 'ready' },
      { ...given, product: 'cleaning' },
      { ...given, team: other },
    );
    const besides = it ? await cases.besides(it, worker) : [];
    expect(besides.map((found) => found.case.id)).toEqual(idsOf([second, first]));
    const stranger = await aColleague(register, { teams: [other] });
    expect(it && (await cases.besides(it, stranger))).toEqual([]);
    expect(it && (await cases.besides({ ...it, product: null }, worker))).toEqual([]);
  });
});
