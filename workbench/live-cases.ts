import type { FastifyReply } from 'fastify';
import type { Register } from '../register/index.ts';
import { Presence } from './presence.ts';

const PING_MS = 20_000;

/** Tells the open workbenches which cases changed; they read the rest themselves, with their own rights. */
export class LiveCases {
  /** Who is at which case. */
  readonly presence = new Presence();
  readonly #streams = new Map<FastifyReply, ReadonlySet<string>>();
  readonly #stopListening: () => void;
  readonly #ping: NodeJS.Timeout;

  constructor(live: Pick<Register['live'], 'listen'>) {
    this.#stopListening = live.listen((news) => {
      if (news.kind === 'case')
        this.#write(`event: case\ndata: ${JSON.stringify({ id: news.id, team: news.team })}\n\n`, news.team, news.from);
      if (news.kind === 'presence' && this.presence.hear(news)) this.#write('event: presence\ndata: {}\n\n', news.team, null);
    });
    this.#ping = setInterval(() => this.#write('event: ping\ndata: {}\n\n', null, null), PING_MS);
    this.#ping.unref();
  }

  /** @param teams whose cases this one hears of */
  open(teams: ReadonlySet<string>, reply: FastifyReply): void {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.write('retry: 2000\nevent: ping\ndata: {}\n\n');
    this.#streams.set(reply, teams);
    reply.raw.on('close', () => this.#streams.delete(reply));
  }

  close(): void {
    this.#stopListening();
    clearInterval(this.#ping);
    for (const reply of this.#streams.keys()) reply.raw.end();
    this.#streams.clear();
  }

  #write(text: string, team: string | null, from: string | null): void {
    for (const [reply, teams] of this.#streams) {
      if (team === null || teams.has(team) || (from !== null && teams.has(from))) reply.raw.write(text);
    }
  }
}
