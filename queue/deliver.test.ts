import { describe, expect, it } from 'vitest';
import type { ConversationId, Delivery, OutgoingReplies, OutgoingReply } from '../domain/index.ts';
import { changed, eventually, onBothBackends } from './test/desk.ts';
import type { Deliver } from './types.ts';

onBothBackends((desk) => {
  /** A channel that remembers what it was given, and answers as told by text. */
  const channel = (answer: (reply: OutgoingReply) => Delivery | Promise<Delivery> = () => ({ kind: 'delivered' })) => {
    const given: OutgoingReply[] = [];
    const deliver: Deliver = async (reply) => {
      given.push(reply);
      return await answer(reply);
    };
    return { given, texts: () => given.map((reply) => reply.text), deliver: { email: deliver } };
  };
  const statuses = async (): Promise<string[]> => (await desk.outbox()).map((row) => row.status);

  describe('delivery', () => {
    it('sends the replies of a conversation in order, with the id and place that they are stored under', async () => {
      const { given, texts, deliver } = channel();
      const queues = await desk.open({ jobs: true, deliver });
      const conversation = await desk.conversation('email');
      const said = await desk.say(conversation, 'een', 'twee', 'drie');
      queues.project(said.entries);
      await eventually(async () => expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']));
      expect(texts()).toEqual(['een', 'twee', 'drie']);
      expect(given.map(({ id, seq, attempt }) => ({ id, seq, attempt }))).toEqual(
        said.ids.map((id, i) => ({ id, seq: i + 1, attempt: 1 })),
      );
      expect(given[0]).toMatchObject({ conversation, channel: 'email', author: null, reply: { text: 'een' } });
    });

    it('tries again what fails or throws, before the rest of its conversation, and under the same id', async () => {
      const { given, texts, deliver } = channel((reply) => {
        if (reply.text !== 'twee' || reply.attempt > 2) return { kind: 'delivered' };
        if (reply.attempt === 1) throw new Error('the line dropped');
        return { kind: 'failed', reason: 'mailbox busy', retryAfterMs: 1 };
      });
      const queues = await desk.open({ jobs: true, deliver });
      const conversation = await desk.conversation();
      queues.project((await desk.say(conversation, 'een', 'twee', 'drie')).entries);
      await eventually(async () => expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']));
      expect(texts()).toEqual(['een', 'twee', 'twee', 'twee', 'drie']);
      expect(new Set(given.slice(1, 4).map((reply) => reply.id)).size).toBe(1);
      expect(given.map((reply) => reply.attempt)).toEqual([1, 1, 2, 3, 1]);
    });

    it('parks a reply that cannot be sent, with the reason, and the rest goes on; retried it is sent', async () => {
      let mended = false;
      const { texts, deliver } = channel(({ text }) => {
        if (mended || text === 'goed') return { kind: 'delivered' };
        return text === 'nooit' ? { kind: 'refused', reason: 'no such mailbox' } : { kind: 'failed', reason: 'server says 550' };
      });
      const queues = await desk.open({ jobs: true, deliver, maxAttempts: 3, pace: { sweepMs: 20, leftoverMs: 0 } });
      const conversation = await desk.conversation();
      queues.project((await desk.say(conversation, 'gif', 'nooit', 'goed')).entries);
      await eventually(async () => expect(await statuses()).toEqual(['parked', 'parked', 'delivered']));
      expect(texts()).toEqual(['gif', 'gif', 'gif', 'nooit', 'goed']);
      const { outbox } = desk.register;
      const parked = await outbox.parked(10);
      expect(parked.map(({ attempts, error }) => ({ attempts, error }))).toEqual([
        { attempts: 1, error: 'no such mailbox' },
        { attempts: 3, error: 'server says 550' },
      ]);
      mended = true;
      expect(await outbox.retryParked(parked.map((entry) => entry.id))).toBe(2);
      await eventually(async () => expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']));
      expect(texts().slice(5)).toEqual(['gif', 'nooit']);
    });

    it('parks a reply whose sending ended the process each time', async () => {
      const { given, deliver } = channel();
      const queues = await desk.open({ jobs: true, deliver, maxAttempts: 2 });
      const { entries } = await desk.say(await desk.conversation(), 'dodelijk');
      const { outbox } = desk.register;
      const id = entries[0]?.id ?? 0;
      // What a process leaves behind that dies between counting and sending.
      for (let i = 0; i < 2; i++) await outbox.beginAttempt([id]);
      queues.project(entries);
      await eventually(async () => expect(await statuses()).toEqual(['parked']));
      expect(given).toEqual([]);
    });

    it('parks replies for a channel that is not switched on', async () => {
      const queues = await desk.open({ jobs: true, deliver: {}, maxAttempts: 2 });
      queues.project((await desk.say(await desk.conversation('teams'), 'Hallo')).entries);
      await eventually(async () => expect(await statuses()).toEqual(['parked']));
      expect((await desk.outbox())[0]?.error).toBe('the channel "teams" is not switched on');
    });

    it('delivers a reply that arrives while the one before is being sent', async () => {
      const sending = Promise.withResolvers<void>();
      const goOn = Promise.withResolvers<void>();
      const { texts, deliver } = channel(async ({ text }) => {
        if (text === 'een') {
          sending.resolve();
          await goOn.promise;
        }
        return { kind: 'delivered' };
      });
      const queues = await desk.open({ jobs: true, deliver });
      const conversation = await desk.conversation();
      queues.project((await desk.say(conversation, 'een')).entries);
      await sending.promise;
      queues.project((await desk.say(conversation, 'twee')).entries);
      await queues.flushed();
      goOn.resolve();
      await eventually(async () => expect(await statuses()).toEqual(['delivered', 'delivered']));
      expect(texts()).toEqual(['een', 'twee']);
    });

    it('delivers a reply that arrives between the last look and the end of the job', async () => {
      const { texts, deliver } = channel();
      const conversation = await desk.conversation();
      let looks = 0;
      const { outbox } = desk.register;
      const late = changed(outbox, {
        undelivered: async (id: ConversationId, limit: number) => {
          const found = await outbox.undelivered(id, limit);
          looks += 1;
          // The job saw nothing more and is about to end; its id still stands in the way of another.
          if (looks === 2) {
            queues.project((await desk.say(conversation, 'laat')).entries);
            await queues.flushed();
          }
          return found;
        },
      });
      const queues = await desk.open({ jobs: true, deliver, register: { ...desk.register, outbox: late } });
      queues.project((await desk.say(conversation, 'vroeg')).entries);
      await eventually(async () => expect(await statuses()).toEqual(['delivered', 'delivered']));
      expect(texts()).toEqual(['vroeg', 'laat']);
    });

    it('does not send what went back in the HTTP response', async () => {
      const { given, deliver } = channel();
      const queues = await desk.open({ jobs: true, deliver });
      const conversation = await desk.conversation();
      queues.delivered((await desk.say(conversation, 'een', 'twee')).ids);
      await queues.flushed();
      expect(await statuses()).toEqual(['delivered', 'delivered']);
      queues.project((await desk.say(conversation, 'drie')).entries);
      await eventually(async () => expect((await statuses())[2]).toBe('delivered'));
      expect(given).toHaveLength(1);
    });

    it('waits for a reply that is going out when it is closed', async () => {
      const sending = Promise.withResolvers<void>();
      const goOn = Promise.withResolvers<void>();
      const { deliver } = channel(async () => {
        sending.resolve();
        await goOn.promise;
        return { kind: 'delivered' };
      });
      const queues = await desk.open({ jobs: true, deliver });
      queues.project((await desk.say(await desk.conversation(), 'een')).entries);
      await sending.promise;
      const closed = queues.close();
      goOn.resolve();
      await closed;
      expect(await statuses()).toEqual(['delivered']);
    });
  });

  describe('a channel that sends what waits as one', () => {
    const PATIENCE = { maxAttempts: 3, retryMs: 1, longestRetryMs: 1 };
    const asOne = (answer: (replies: OutgoingReplies) => Delivery | Promise<Delivery> = () => ({ kind: 'delivered' })) => {
      const given: string[][] = [];
      const together = async (replies: OutgoingReplies): Promise<Delivery> => {
        given.push(replies.map(({ text }) => text));
        return await answer(replies);
      };
      return { given, deliver: { email: { together, patience: PATIENCE } } };
    };

    it('is handed all that waits in a conversation at once, in order', async () => {
      const { given, deliver } = asOne();
      const queues = await desk.open({ jobs: true, deliver });
      queues.project((await desk.say(await desk.conversation('email'), 'een', 'twee')).entries);
      await eventually(async () => expect(await statuses()).toEqual(['delivered', 'delivered']));
      expect(given).toEqual([['een', 'twee']]);
    });

    it('is handed the very same again after a failure; what was said meanwhile waits for the next time', async () => {
      const conversation = await desk.conversation('email');
      const { given, deliver } = asOne(async ([first]) => {
        if (first.attempt > 1 || first.text !== 'een') return { kind: 'delivered' };
        await desk.say(conversation, 'drie');
        return { kind: 'failed', reason: '451 try again later' };
      });
      const queues = await desk.open({ jobs: true, deliver });
      queues.project((await desk.say(conversation, 'een', 'twee')).entries);
      await eventually(async () => expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']));
      expect(given).toEqual([['een', 'twee'], ['een', 'twee'], ['drie']]);
    });

    it('has a patience of its own, and people are told of all that was given up', async () => {
      const told: { messages: readonly string[]; reason: string }[] = [];
      const { given, deliver } = asOne(() => ({ kind: 'failed', reason: '451 try again later' }));
      const queues = await desk.open({
        jobs: true,
        deliver,
        maxAttempts: 1,
        onParked: async (_, messages, reason) => {
          told.push({ messages, reason });
          throw new Error('nobody listens');
        },
      });
      const said = await desk.say(await desk.conversation('email'), 'een', 'twee');
      queues.project(said.entries);
      await eventually(async () => expect(await statuses()).toEqual(['parked', 'parked']));
      expect(given).toHaveLength(PATIENCE.maxAttempts);
      await eventually(() => expect(told).toEqual([{ messages: said.ids, reason: '451 try again later' }]));
    });

    it('is not handed a part of what was begun together', async () => {
      const { entries } = await desk.say(await desk.conversation('email'), 'een', 'twee');
      const ids = entries.map(({ id }) => id);
      const { outbox } = desk.register;
      await outbox.markDelivered(ids.slice(0, 1));
      expect(await outbox.beginAttempt(ids)).toBeNull();
      expect(await outbox.beginAttempt(ids.slice(1))).toBe(1);
    });
  });
});
