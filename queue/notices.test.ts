import { beforeEach, describe, expect, it } from 'vitest';
import { type Case, type Delivery, type NoticeTo, newId, type OutgoingNotice, type PersonId } from '../domain/index.ts';
import { NoticeSender } from './notices.ts';
import { eventually, inMinutes, onBothBackends } from './test/desk.ts';
import type { NoticeMeans } from './types.ts';

onBothBackends((desk) => {
  const notice = async (it: Case, to: NoticeTo): Promise<string> => {
    const id = newId<PersonId>();
    await desk.commit(it.conversation, [{ kind: 'notice', notice: { id, case: it.id, kind: 'complete-late', team: it.team, to } }]);
    return id;
  };
  const quiet = { info() {}, warn() {}, error() {} };
  const means = (name: string, answer: Delivery | { kind: 'unreachable' }, sent: OutgoingNotice[]): NoticeMeans => ({
    name,
    send: async (outgoing) => {
      sent.push(outgoing);
      return answer;
    },
  });
  const rows = () =>
    desk.look<{ sent_by: string | null; sent: boolean; error: string | null; again: boolean }>(
      'select sent_by, sent_at is not null as sent, error, next_at is not null as again from notices order by id',
    );

  describe('notices', () => {
    // Makes the queues' own tables.
    beforeEach(async () => void (await desk.open()));

    it('to somebody go out once, whichever process takes them; those to a team stand in the workbench', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      for (let i = 0; i < 30; i++) await notice(it, { role: 'coordinator', address: `coordinator-${i}@example.org` });
      await notice(it, { role: 'team' });
      const sent: OutgoingNotice[] = [];
      const senders = [1, 2, 3].map(() => new NoticeSender(desk.register.notices, [means('mail', { kind: 'delivered' }, sent)], quiet));
      await Promise.all(senders.map((sender) => sender.sweep()));
      expect(sent).toHaveLength(30);
      expect(new Set(sent.map(({ address }) => address)).size).toBe(30);
      expect(sent[0]).toMatchObject({ reference: it.reference, title: it.title, kind: 'complete-late', role: 'coordinator', attempt: 1 });
      expect((await rows()).filter((row) => row.sent)).toHaveLength(30);
    });

    it('go by the first way that reaches somebody', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      await notice(it, { role: 'manager', address: 'manager@example.org' });
      const sent: OutgoingNotice[] = [];
      const ways = [
        means('chat', { kind: 'unreachable' }, []),
        means('mail', { kind: 'delivered' }, sent),
        means('post', { kind: 'delivered' }, sent),
      ];
      await new NoticeSender(desk.register.notices, ways, quiet).sweep();
      expect(sent).toHaveLength(1);
      expect(await rows()).toEqual([{ sent_by: 'mail', sent: true, error: null, again: true }]);
    });

    it('that fail are tried again later, and those that are refused stand in the workbench with the reason', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      await notice(it, { role: 'manager', address: 'manager@example.org' });
      const failing = means('mail', { kind: 'failed', reason: 'the server is away' }, []);
      await new NoticeSender(desk.register.notices, [failing], quiet).sweep();
      expect(await rows()).toEqual([{ sent_by: null, sent: false, error: 'mail: the server is away', again: true }]);
      // Not before its time.
      expect(await desk.register.notices.takeUnsent(10)).toEqual([]);
      await desk.look('update notices set next_at = now()');
      const refusing = means('mail', { kind: 'refused', reason: 'no such mailbox' }, []);
      await new NoticeSender(desk.register.notices, [refusing], quiet).sweep();
      expect(await rows()).toEqual([{ sent_by: null, sent: false, error: 'mail: no such mailbox', again: false }]);
    });

    it('are sent by a process with jobs', async () => {
      const { case: it } = await desk.queued('facilities', inMinutes(60));
      await notice(it, { role: 'standby', address: 'noor@example.org' });
      const sent: OutgoingNotice[] = [];
      await desk.open({ jobs: true, notify: [means('mail', { kind: 'delivered' }, sent)], pace: { sweepMs: 20 } });
      await eventually(() => expect(sent.map(({ role, address }) => [role, address])).toEqual([['standby', 'noor@example.org']]));
    });
  });
});
