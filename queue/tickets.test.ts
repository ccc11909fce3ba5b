import { describe, expect, it } from 'vitest';
import type { CaseId } from '../domain/index.ts';
import { eventually, inMinutes, onBothBackends } from './test/desk.ts';
import type { Queues, Ticket } from './types.ts';

onBothBackends((desk) => {
  const takeAll = async (queues: Queues, team: string): Promise<Ticket[]> => {
    const tickets: Ticket[] = [];
    for (let ticket = await queues.take(team); ticket; ticket = await queues.take(team)) tickets.push(ticket);
    return tickets;
  };
  const casesOf = (tickets: readonly Ticket[]): CaseId[] => tickets.map((ticket) => ticket.case);

  describe('tickets', () => {
    it('come by deadline, and those of the same ten minutes as they were queued', async () => {
      const queues = await desk.open();
      const soon = inMinutes(600);
      const dues = [inMinutes(3000), inMinutes(-50), soon, soon, inMinutes(1200)];
      const cases: CaseId[] = [];
      for (const due of dues) {
        const it = await desk.queued('facilities', due);
        queues.project(it.entries);
        await queues.flushed();
        cases.push(it.case.id);
      }
      const taken = casesOf(await takeAll(queues, 'facilities'));
      expect(taken).toEqual([1, 2, 3, 4, 0].map((i) => cases[i]));
    });

    it('are of one team, and none is there for another', async () => {
      const queues = await desk.open();
      queues.project((await desk.queued('catering', inMinutes(60))).entries);
      await queues.flushed();
      expect(await queues.take('facilities')).toBeNull();
      expect(await queues.take('catering')).toMatchObject({ team: 'catering', round: 1 });
    });

    it('are given to one of ten takers at once', async () => {
      const queues = await desk.open();
      const other = await desk.open();
      const all: CaseId[] = [];
      const conversation = await desk.conversation();
      for (let i = 0; i < 30; i++) {
        const it = await desk.queued('facilities', inMinutes(i), conversation);
        queues.project(it.entries);
        all.push(it.case.id);
      }
      await queues.flushed();
      const taken: CaseId[] = [];
      const takers = Array.from({ length: 10 }, async (_, i) => {
        const from = i % 2 ? queues : other;
        for (let ticket = await from.take('facilities'); ticket; ticket = await from.take('facilities')) {
          taken.push(ticket.case);
          await ticket.done();
        }
      });
      await Promise.all(takers);
      expect(taken.toSorted()).toEqual(all.toSorted());
      expect((await queues.counts()).teams.facilities).toEqual({ waiting: 0, active: 0 });
    });

    it('that are added twice are one', async () => {
      const queues = await desk.open();
      const { entries } = await desk.queued('facilities', inMinutes(60));
      queues.project(entries);
      await queues.flushed();
      queues.project(entries);
      queues.project(entries);
      await queues.flushed();
      expect(await takeAll(queues, 'facilities')).toHaveLength(1);
    });

    it('come back at once when given back, before their equals', async () => {
      const queues = await desk.open();
      const due = inMinutes(60);
      const first = await desk.queued('facilities', due);
      const second = await desk.queued('facilities', due);
      queues.project([...first.entries, ...second.entries]);
      await queues.flushed();
      const ticket = await queues.take('facilities');
      await ticket?.giveBack();
      expect(casesOf(await takeAll(queues, 'facilities'))).toEqual([first.case.id, second.case.id]);
    });

    it('come back when their taker died', async () => {
      const dying = await desk.open({ pace: { lockMs: 100 } });
      const { entries, case: it } = await desk.queued('facilities', inMinutes(60));
      dying.project(entries);
      await dying.flushed();
      const lost = await dying.take('facilities');
      expect(lost?.case).toBe(it.id);

      const queues = await desk.open();
      const ticket = await eventually(async () => {
        const again = await queues.take('facilities');
        expect(again).not.toBeNull();
        return again;
      });
      expect(ticket?.case).toBe(it.id);
      // The late word of one that was only slow changes nothing.
      await lost?.done();
      expect((await queues.counts()).teams.facilities).toEqual({ waiting: 0, active: 1 });
      await ticket?.done();
      expect(await queues.take('facilities')).toBeNull();
    });

    it('can be queued again in a later round', async () => {
      const queues = await desk.open();
      const first = await desk.queued('facilities', inMinutes(60));
      queues.project(first.entries);
      await queues.flushed();
      await (await queues.take('facilities'))?.done();
      const claimed = await desk.happen(first.case, 'waiting');
      const again = await desk.happen(claimed.case, 'requeued');
      queues.project(again.entries);
      await queues.flushed();
      expect(await queues.take('facilities')).toMatchObject({ case: first.case.id, round: 2 });
    });

    it('of a case that was claimed from the list are removed, and left when somebody holds them', async () => {
      const queues = await desk.open();
      const one = await desk.queued('facilities', inMinutes(60));
      const two = await desk.queued('facilities', inMinutes(90));
      queues.project([...one.entries, ...two.entries]);
      await queues.flushed();
      const held = await queues.take('facilities');
      await queues.remove({ team: 'facilities', case: one.case.id, round: 1 });
      await queues.remove({ team: 'facilities', case: two.case.id, round: 1 });
      await queues.remove({ team: 'facilities', case: two.case.id, round: 1 });
      expect((await queues.counts()).teams.facilities).toEqual({ waiting: 0, active: 1 });
      await held?.done();
      expect(await queues.take('facilities')).toBeNull();
    });
  });

  describe('the reconciler', () => {
    it('drops tickets of an earlier round and of cases that are not queued any more', async () => {
      const queues = await desk.open();
      const moved = await desk.queued('facilities', inMinutes(60));
      const gone = await desk.queued('facilities', inMinutes(120));
      const stays = await desk.queued('facilities', inMinutes(180));
      queues.project([...moved.entries, ...gone.entries, ...stays.entries]);
      await queues.flushed();
      await desk.happen((await desk.happen(moved.case, 'waiting')).case, 'requeued');
      await desk.happen(gone.case, 'withdrawn');
      const report = await queues.reconcile('incremental');
      expect(report).toMatchObject({ teams: ['facilities'], added: { tickets: 1 }, removed: { tickets: 2 } });
      const tickets = await takeAll(queues, 'facilities');
      expect(tickets.map(({ case: id, round }) => [id, round])).toEqual([
        [moved.case.id, 2],
        [stays.case.id, 1],
      ]);
      expect(await queues.reconcile('whole')).toMatchObject({ added: { tickets: 0 }, removed: { tickets: 0 } });
    });

    it('leaves a ticket in somebody hand, and has it come back when that somebody is dead', async () => {
      const queues = await desk.open({ pace: { lockMs: 100, stalledMs: 50 } });
      const { entries, case: it } = await desk.queued('facilities', inMinutes(60));
      queues.project(entries);
      await queues.flushed();
      await queues.take('facilities');
      expect(await queues.reconcile('whole')).toMatchObject({ added: { tickets: 0 }, removed: { tickets: 0 } });
      await queues.close();
      const other = await desk.open({ pace: { lockMs: 100, stalledMs: 50 } });
      await other.reconcile('whole');
      await eventually(async () => expect((await other.counts()).teams.facilities).toEqual({ waiting: 1, active: 0 }));
      expect(await other.take('facilities')).toMatchObject({ case: it.id });
    });

    it('rebuilds everything after the queues were wiped', async () => {
      const queues = await desk.open();
      const conversation = await desk.conversation();
      const cases: CaseId[] = [];
      for (let i = 0; i < 12; i++) {
        const it = await desk.queued(i % 3 ? 'facilities' : 'catering', inMinutes(20 * i), conversation);
        queues.project(it.entries);
        cases.push(it.case.id);
        if (i === 0) queues.project(await desk.setTimer(it.case, inMinutes(5)));
      }
      queues.project((await desk.say(conversation, 'Hallo')).entries);
      await queues.flushed();
      const before = await queues.counts();
      await desk.wipeQueues();
      expect((await queues.counts()).teams).toMatchObject({ facilities: { waiting: 0 }, catering: { waiting: 0 } });
      const quick = await desk.open({ pace: { leftoverMs: 0 } });
      const report = await quick.reconcile('incremental');
      expect(report).toMatchObject({ teams: ['catering', 'facilities'], added: { tickets: 12, timers: 1, conversations: 1 } });
      expect(await queues.counts()).toEqual(before);
      const taken = casesOf(await takeAll(queues, 'facilities'));
      expect(taken).toEqual(cases.filter((_, i) => i % 3));
      expect(await quick.reconcile('incremental')).toMatchObject({
        added: { tickets: 0, timers: 0, conversations: 0 },
        removed: { tickets: 0 },
      });
    });

    it('is one at a time over all processes, and the next has the lease when the first stops', async () => {
      const pace = { leaseMs: 30_000 };
      const first = await desk.open({ jobs: true, pace });
      const holder = async () => (await desk.look<{ holder: string }>('select holder from leases'))[0]?.holder;
      const one = await eventually(async () => expect(await holder()).toBeDefined()).then(holder);
      const second = await desk.open({ jobs: true, pace: { leaseMs: 60 } });
      expect(await holder()).toBe(one);
      await first.close();
      await eventually(async () => {
        const now = await holder();
        expect(now).toBeDefined();
        expect(now).not.toBe(one);
      });
      await second.close();
      expect(await holder()).toBeUndefined();
    });
  });
});
