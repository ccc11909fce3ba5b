import type { FastifyReply } from 'fastify';
import type { ConversationId } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import type { TimelineMessage } from './protocol.ts';
import { renderTimeline } from './render.ts';

const PING_MS = 20_000;
const PAGE = 200;

/** An open stream of one browser. */
interface Stream {
  readonly conversation: ConversationId;
  readonly reply: FastifyReply;
  /** The last line it has been sent. */
  seq: number;
  /** A look at the register is under way, and whether another must follow. */
  looking: boolean;
  again: boolean;
}

/**
 * The open event streams. News only says that there is something; every stream then reads the register from its own place, so that nothing is
 * missed or doubled, whichever process said it.
 */
export class Streams {
  readonly #register: Pick<Register, 'conversations' | 'live'>;
  readonly #byConversation = new Map<ConversationId, Set<Stream>>();
  readonly #stopListening: () => void;
  readonly #ping: NodeJS.Timeout;

  constructor(register: Pick<Register, 'conversations' | 'live'>) {
    this.#register = register;
    this.#stopListening = register.live.listen((news) => {
      if (news.kind !== 'said') return;
      for (const stream of this.#byConversation.get(news.conversation) ?? []) void this.#look(stream);
    });
    this.#ping = setInterval(() => this.#pingAll(), PING_MS);
    this.#ping.unref();
  }

  /** Takes over a response as a stream of events (WHATWG HTML, 9.2), from after a place in the conversation. */
  open(conversation: ConversationId, after: number, reply: FastifyReply): void {
    reply.hijack();
    const { raw } = reply;
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write('retry: 2000\nevent: ping\ndata: {}\n\n');
    const stream: Stream = { conversation, reply, seq: after, looking: false, again: false };
    const streams = this.#byConversation.get(conversation) ?? new Set();
    streams.add(stream);
    this.#byConversation.set(conversation, streams);
    raw.on('close', () => {
      streams.delete(stream);
      if (streams.size === 0 && this.#byConversation.get(conversation) === streams) this.#byConversation.delete(conversation);
    });
    void this.#look(stream);
  }

  /** Ends all streams: the browsers come back by themselves. */
  close(): void {
    this.#stopListening();
    clearInterval(this.#ping);
    for (const streams of this.#byConversation.values()) for (const { reply } of streams) reply.raw.end();
    this.#byConversation.clear();
  }

  async #look(stream: Stream): Promise<void> {
    if (stream.looking) {
      stream.again = true;
      return;
    }
    stream.looking = true;
    try {
      do {
        stream.again = false;
        const entries = await this.#register.conversations.timeline(stream.conversation, stream.seq, PAGE);
        if (entries.length === 0) continue;
        const open = await this.#register.conversations.openQuestions(stream.conversation);
        for (const message of renderTimeline(entries, open)) this.#send(stream, message);
        if (entries.length === PAGE) stream.again = true;
      } while (stream.again);
    } catch {
      // The register did not answer: the browser reconnects and asks again from its place.
      stream.reply.raw.end();
    } finally {
      stream.looking = false;
    }
  }

  #send(stream: Stream, message: TimelineMessage): void {
    stream.seq = message.seq;
    stream.reply.raw.write(`id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`);
  }

  #pingAll(): void {
    for (const streams of this.#byConversation.values()) for (const { reply } of streams) reply.raw.write('event: ping\ndata: {}\n\n');
  }
}
