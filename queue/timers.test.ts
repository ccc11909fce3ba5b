import { describe, expect, it } from 'vitest';
import type { Case, CaseId } from '../domain/index.ts';
import { changed, eventually, inMinutes, onBothBackends } from './test/desk.ts';

onBothBackends((desk) => {
  describe('timers', () => {
    it('fire when they are due, once, also when their job is there twice', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      const fired: [CaseId, string][] = [];
      const queues = await desk.open({
        jobs: true,
        onTimer: async (id, kind) => {
          fired.push([id, kind]);
          await desk.timerDone(it);
        },
      });
      const entries = await desk.setTimer(it, new Date(Date.now() + 30));
      queues.project([...entries, ...entries]);
      await eventually(() => expect(fired).toEqual([[it.id, 'close-when-silent']]));
      await eventually(async () => expect((await queues.counts()).timers).toEqual({ waiting: 0, active: 0 }));
      // A job that is added when the timer is done already.
      queues.project(entries);
      await queues.flushed();
      await eventually(async () => expect((await queues.counts()).timers).toEqual({ waiting: 0, active: 0 }));
      expect(fired).toHaveLength(1);
    });

    it('are dropped when they were moved, and fire at their new moment', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      const fired: CaseId[] = [];
      const first = await desk.setTimer(it, new Date(Date.now() - 10));
      const moved = await desk.setTimer(it, inMinutes(60));
      const queues = await desk.open({ jobs: true, onTimer: async (id) => void fired.push(id) });
      queues.project(first);
      queues.project(moved);
      await queues.flushed();
      await eventually(async () => expect((await queues.counts()).timers).toEqual({ waiting: 1, active: 0 }));
      expect(fired).toEqual([]);
      const again = await desk.setTimer(it, new Date(Date.now() - 5));
      queues.project(again);
      await eventually(() => expect(fired).toEqual([it.id]));
    });

    it('go on waiting when their job comes early', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      const looked: CaseId[] = [];
      const { timers } = desk.register;
      const watched = changed(timers, {
        open: async (id: CaseId, kind: string) => {
          looked.push(id);
          return await timers.open(id, kind);
        },
      });
      const fired: CaseId[] = [];
      const register = { ...desk.register, timers: watched };
      const queues = await desk.open({ jobs: true, onTimer: async (id) => void fired.push(id), register });
      queues.project(await desk.setTimer(it, inMinutes(60)));
      await queues.flushed();
      await desk.promote('timers');
      await eventually(() => expect(looked).toEqual([it.id]));
      await eventually(async () => expect((await queues.counts()).timers).toEqual({ waiting: 1, active: 0 }));
      expect(fired).toEqual([]);
      expect(desk.complaints).toEqual([]);
    });

    it('fire again when their turn failed', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      let calls = 0;
      const queues = await desk.open({
        jobs: true,
        onTimer: async () => {
          calls += 1;
          if (calls === 1) throw new Error('the database went away');
        },
      });
      queues.project(await desk.setTimer(it, new Date()));
      await eventually(() => expect(calls).toBe(2));
      expect(desk.complaints.join()).toContain('the database went away');
    });

    it('become jobs within an hour of their moment; until then the register alone knows them', async () => {
      const queues = await desk.open();
      const cases: Case[] = [];
      for (let i = 0; i < 3; i++) cases.push((await desk.queued('facilities', inMinutes(60))).case);
      for (const it of cases) await desk.setTimer(it, inMinutes(60 * 24 * 90));
      expect(await queues.reconcile('whole')).toMatchObject({ added: { timers: 0 } });
      for (const it of cases) await desk.setTimer(it, inMinutes(50));
      expect(await queues.reconcile('incremental')).toMatchObject({ added: { timers: 3 } });
      expect(await queues.reconcile('whole')).toMatchObject({ added: { timers: 0 } });
      expect((await queues.counts()).timers).toEqual({ waiting: 3, active: 0 });
    });
  });
});
