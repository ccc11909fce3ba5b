import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { Desk, eventually, inMinutes } from './test/desk.ts';

/** A way to Redis that can be cut, and can swallow what is said. */
class Line {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;
  #mute = false;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  async up(): Promise<void> {
    this.#mute = false;
    const server = createServer((near) => {
      const far = connect(Number(this.#target.port), this.#target.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('data', (data) => this.#mute || other.write(data));
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address) this.#port = address.port;
    this.#server = server;
  }

  /** Connections stay and nothing comes through. */
  mute(): void {
    this.#mute = true;
  }

  async down(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

describe.skipIf(inject('redisUrl') === null)('while Redis is away', () => {
  const desk = new Desk('redis');
  let line: Line;
  const open = async (jobs = false) => {
    line = new Line(inject('redisUrl') ?? '');
    await line.up();
    const backend = { ...desk.backend(), kind: 'redis', url: line.url } as const;
    return await desk.open({ backend, jobs, pace: { sweepMs: 20, leftoverMs: 0, patienceMs: 300 } });
  };
  afterEach(() => line.down());

  it('taking says so, projecting loses nothing, and all goes on when it is back', async () => {
    const queues = await open(true);
    const first = await desk.queued('facilities', inMinutes(60));
    queues.project(first.entries);
    await queues.flushed();
    await line.down();
    await eventually(async () => await expect(queues.take('facilities')).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' }));
    const second = await desk.queued('facilities', inMinutes(90));
    queues.project(second.entries);
    await queues.flushed();
    await queues.remove({ team: 'facilities', case: first.case.id, round: 1 });
    await expect(queues.counts()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    await expect(queues.reconcile('whole')).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    expect(await desk.outbox()).toMatchObject([{ kind: 'ticket', status: 'pending' }]);
    await line.up();
    await eventually(async () => expect(await desk.outbox()).toEqual([]));
    expect(await queues.take('facilities')).toMatchObject({ case: first.case.id });
    expect(await queues.take('facilities')).toMatchObject({ case: second.case.id });
  });

  it('a connection that swallows everything keeps nobody waiting', async () => {
    const queues = await open();
    queues.project((await desk.queued('facilities', inMinutes(60))).entries);
    await queues.flushed();
    const ticket = await queues.take('facilities');
    line.mute();
    await expect(queues.take('facilities')).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    await ticket?.done();
    await line.down();
    await queues.close();
  });

  it('the desk starts without it', async () => {
    line = new Line(inject('redisUrl') ?? '');
    await line.up();
    const backend = { ...desk.backend(), kind: 'redis', url: line.url } as const;
    await line.down();
    const sent: string[] = [];
    const deliver = { email: async ({ text }: { text: string }) => ({ kind: 'delivered', at: sent.push(text) }) as const };
    const queues = await desk.open({ backend, jobs: true, deliver, pace: { sweepMs: 20, leftoverMs: 0, patienceMs: 100 } });
    queues.project((await desk.say(await desk.conversation(), 'Hallo')).entries);
    await queues.flushed();
    await line.up();
    await eventually(() => expect(sent).toEqual(['Hallo']));
  });

  it('closing does not wait for it', async () => {
    const queues = await open(true);
    await line.down();
    await queues.close();
  });
});
