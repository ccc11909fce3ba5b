import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, type ConversationId, type MessageId, newId } from '../domain/index.ts';
import { createDatabase } from '../test/setup/database.ts';
import type { Colleague } from './index.ts';
import { aCase, aColleague, aConversation, carryOut, hours, openForTest, registered } from './test/builders.ts';

const { register, ask, close } = await openForTest(await createDatabase());
afterAll(close);

let conversation: ConversationId;
let worker: Colleague;
let hers: Case;

/** A case, and what a colleague answered to it. */
async function solved(title: string, more: Partial<Case>, answer: string | null): Promise<Case> {
  const it = aCase(conversation, {
    team: 'facilities',
    product: 'climate',
    state: 'ready',
    readyAt: hours(1),
    title,
    text: title,
    ...more,
  });
  const message = { id: newId<MessageId>(), author: worker.id, reply: { text: answer ?? '' }, cases: [it.id] };
  await carryOut(register, conversation, [registered(it), ...(answer === null ? [] : [{ kind: 'say' as const, message }])]);
  return it;
}

beforeAll(async () => {
  conversation = await aConversation(register);
  worker = await aColleague(register, { role: 'worker', teams: ['facilities'] });
  hers = await solved('te warm in kamer 3.14', { state: 'queued', readyAt: null }, null);
  await solved('te warm in kamer 2.10', { readyAt: hours(2) }, 'De regelaar is vervangen.');
  await solved('veel te warm op de hele verdieping, kamer 3', {}, 'De koeling is bijgesteld.');
  await solved('raam klemt', {}, 'Het raam is gesmeerd.');
  await solved('te warm in kamer 3.14 vanwege een klacht', { restricted: true }, 'GEHEIM');
  await solved('te warm in kamer 3.14 bij de anderen', { team: 'hr' }, 'VAN EEN ANDER TEAM');
  await solved('te warm in kamer 4.01', {}, null);
  await register.search.index();
});

describe('solved cases that are alike', () => {
  it('are those of the product with the most words in common, with the last answer', async () => {
    const found = await register.solved.like(hers.id, worker, 5);
    expect(found.map(({ answer }) => answer)).toEqual(['De regelaar is vervangen.', 'De koeling is bijgesteld.']);
    expect((await register.solved.like(hers.id, worker, 1)).map(({ title }) => title)).toEqual(['te warm in kamer 2.10']);
  });

  it('hold nothing that is restricted, whoever looks', async () => {
    const admin = await aColleague(register, { role: 'admin' });
    const found = await register.solved.like(hers.id, admin, 9);
    expect(found.map(({ answer }) => answer)).not.toContain('GEHEIM');
  });

  it('are found by the index on what was solved of the product', async () => {
    await ask('set enable_seqscan = off');
    const plan = await ask(`explain select id from cases where product = 'climate' and state in ('ready', 'closed') and not restricted
      and part_of is null order by ready_at desc limit 300`);
    expect(JSON.stringify(plan)).toContain('cases_solved');
  });
});

describe('canned texts', () => {
  it('are a team’s or one’s own, and nobody else’s to read, change or remove', async () => {
    const other = await aColleague(register, { role: 'worker', teams: ['hr'] });
    const mine = { owner: worker.id, teams: ['facilities'] };
    const theirs = { owner: other.id, teams: ['hr'] };
    const own = { id: newId<MessageId>(), team: null, name: 'groet', text: 'Dag {naam}' };
    const ofTeam = { id: newId<MessageId>(), team: 'facilities', name: 'besteld', text: 'Het is besteld.' };
    expect([await register.canned.save(own, mine), await register.canned.save(ofTeam, mine)]).toEqual([true, true]);
    expect(await register.canned.list(mine)).toEqual([ofTeam, own]);
    expect(await register.canned.list(theirs)).toEqual([]);
    expect(await register.canned.save({ ...own, text: 'overgenomen', team: 'hr' }, theirs)).toBe(false);
    expect(await register.canned.remove(ofTeam.id, theirs)).toBe(false);
    expect(await register.canned.list(mine)).toEqual([ofTeam, own]);
    expect(await register.canned.save({ ...own, name: 'aanhef' }, mine)).toBe(true);
    expect(await register.canned.remove(ofTeam.id, mine)).toBe(true);
    expect(await register.canned.list(mine)).toEqual([{ ...own, name: 'aanhef' }]);
  });
});
