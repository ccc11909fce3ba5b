import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../domain/index.ts';
import { eventually, inMinutes, onBothBackends } from './test/desk.ts';

onBothBackends((desk) => {
  describe('the outbox', () => {
    it('is projected for several commits together, and then only the replies stay in it', async () => {
      const queues = await desk.open();
      const conversation = await desk.conversation();
      for (let i = 0; i < 20; i++) {
        const it = await desk.queued(i % 2 ? 'facilities' : 'catering', inMinutes(60), conversation);
        queues.project(it.entries);
      }
      queues.project((await desk.say(conversation, 'Hallo')).entries);
      await queues.flushed();
      expect(await desk.outbox()).toMatchObject([{ kind: 'reply', status: 'projected' }]);
      expect(await queues.counts()).toMatchObject({
        teams: { facilities: { waiting: 10 }, catering: { waiting: 10 } },
        deliver: { waiting: 1 },
      });
    });

    it('is swept of what a crash left between commit and queue', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      await desk.setTimer(it, inMinutes(60));
      await desk.say(it.conversation, 'Hallo');
      const queues = await desk.open({
        jobs: true,
        deliver: { email: async () => ({ kind: 'delivered' }) },
        pace: { sweepMs: 20, leftoverMs: 0 },
      });
      await eventually(async () => expect(await desk.outbox()).toMatchObject([{ kind: 'reply', status: 'delivered' }]));
      expect((await queues.counts()).timers.waiting).toBe(1);
      expect(await queues.take('facilities')).toMatchObject({ case: it.id });
    });

    it.each<Checkpoint>(['outbox:before-add', 'outbox:after-add'])(
      'keeps an entry whose projection ended at %s, and doubles nothing',
      async (at) => {
        const { case: it, entries } = await desk.queued('facilities', inMinutes(60));
        const dying = await desk.open({
          checkpoint: (checkpoint) => {
            if (checkpoint === at) throw new Error('killed');
          },
        });
        dying.project(entries);
        await dying.flushed();
        expect(await desk.outbox()).toMatchObject([{ kind: 'ticket', status: 'pending' }]);
        const queues = await desk.open({ jobs: true, pace: { sweepMs: 20, leftoverMs: 0 } });
        await eventually(async () => expect(await desk.outbox()).toEqual([]));
        expect(await queues.take('facilities')).toMatchObject({ case: it.id });
        expect(await queues.take('facilities')).toBeNull();
      },
    );

    it('parks an entry that says too little, and goes on', async () => {
      const queues = await desk.open();
      const good = await desk.queued('facilities', inMinutes(60));
      const bad = await desk.queued('facilities', inMinutes(60));
      queues.project([...bad.entries.map((entry) => ({ ...entry, data: { team: 'facilities' } })), ...good.entries]);
      await queues.flushed();
      expect(await desk.outbox()).toMatchObject([{ status: 'parked', error: 'the entry does not say what its kind needs' }]);
      expect(await queues.take('facilities')).toMatchObject({ case: good.case.id });
    });
  });
});
