import type { Attached, KnownList, SendRequest, TimelineMessage } from '../protocol.ts';
import type { Key } from './api.ts';
import { pause, retryDelay } from './backoff.ts';
import { type BeginOptions, type Begun, begin, conversationKey } from './begin.ts';
import { isObject, isTimelineMessage, parseJson } from './guards.ts';
import { Outbox } from './outbox.ts';
import type { Outcome } from './outcome.ts';
import { Sender } from './sender.ts';
import type { SseEvent } from './sse.ts';
import { type ChatState, EMPTY } from './state.ts';
import { readConversation } from './storage.ts';
import { follow } from './stream.ts';
import { joinTabs, type TabMessage } from './tabs.ts';
import { isAnswered, lastSeq, merge, staleAsk, unread } from './timeline.ts';
import { subject } from './token.ts';
import { Typing } from './typing.ts';
import { newUuid } from './uuid.ts';

const PAGE = 100;

export interface SessionOptions extends BeginOptions {
  readonly onChange: () => void;
}

/**
 * A browser's conversation with the desk: begins or resumes it, keeps it live, and gets what is typed across, once and in order.
 * `idle -> starting -> ready`; from `ready` back to `starting` when the server no longer opens the conversation or another tab began a new one;
 * `refused` when the desk will not start one, until the visitor asks to try again. All that runs belongs to one life, which ends with the conversation.
 */
export class Session {
  readonly #o: SessionOptions;
  readonly #outbox: Outbox;
  readonly #typing: Typing;
  #state: ChatState = EMPTY;
  #key: Key | null = null;
  #life = new AbortController();
  #sender: Sender | null = null;
  #tell: (message: TabMessage) => void = () => undefined;
  #linked = true;
  #losses = 0;
  #refreshed = '';
  readonly #since = Date.now();

  constructor(options: SessionOptions) {
    this.#o = options;
    this.#outbox = new Outbox(options.store, `${options.prefix}out:`);
    this.#typing = new Typing(() => this.#show({}));
    addEventListener('online', () => {
      this.#show({});
      this.#sender?.flush();
    });
    addEventListener('offline', () => this.#show({}));
    addEventListener('storage', ({ key }) => this.#stored(key));
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Begins, once; again after a refusal. */
  open(): void {
    if (this.#state.phase === 'idle' || this.#state.phase === 'refused') void this.#begin();
  }

  /** How much the desk said since the visitor last looked, asked without beginning anything; 0 for who never chatted. */
  async peek(): Promise<number> {
    const stored = readConversation(this.#o.store.get(conversationKey(this.#o.prefix)));
    if (!stored) return 0;
    const token = await this.#o.token();
    if (token.kind !== 'ok' || subject(token.value) !== stored.who) return 0;
    const timeline = await this.#o.api.timeline(stored, this.#seen());
    return timeline.kind === 'ok' ? unread(timeline.value.messages, this.#seen()) : 0;
  }

  /** What is known to be wrong; null when it cannot be asked now. */
  async known(): Promise<KnownList['known'] | null> {
    const answer = await this.#o.api.known();
    return answer.kind === 'ok' ? answer.value.known : null;
  }

  unread(): number {
    return unread(this.#state.messages, this.#seen());
  }

  markSeen(): void {
    const last = lastSeq(this.#state.messages);
    if (last > this.#seen()) this.#o.store.set(`${this.#o.prefix}seen`, String(last));
  }

  /** Sends a file that may go with a message later. */
  async upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Outcome<Attached>> {
    return this.#key ? this.#o.api.upload(this.#key, file, onProgress, signal) : { kind: 'later' };
  }

  /** The content of a file in the conversation; null when it cannot be had now. */
  async file(id: string): Promise<Blob | null> {
    return this.#key ? this.#o.api.file(this.#key, id) : null;
  }

  send(text: string, answer?: SendRequest['answer'], attachments: readonly Attached[] = []): void {
    this.#outbox.add({
      id: newUuid(),
      at: Date.now(),
      text,
      ...(answer && { answer }),
      ...(attachments.length > 0 && { attachments }),
    });
    const used = new Map(this.#state.used);
    if (answer) used.set(answer.question, typeof answer.value === 'string' ? answer.value : '');
    this.#show({ used });
    this.#sender?.flush();
  }

  retry(id: string): void {
    this.#outbox.retry(id);
    this.#show({});
    this.#sender?.flush();
  }

  /** Takes a refused message away; a question that it answered can be answered again. */
  remove(id: string): void {
    const question = this.#outbox.list().find((item) => item.id === id)?.answer?.question;
    this.#outbox.remove(id);
    const used = new Map(this.#state.used);
    if (question) used.delete(question);
    this.#show({ used });
  }

  hasEarlier(): boolean {
    return (this.#state.messages[0]?.seq ?? 1) > 1;
  }

  earlier(): Promise<void> {
    return this.#fetchAfter(Math.max(0, (this.#state.messages[0]?.seq ?? 1) - PAGE - 1));
  }

  async #begin(): Promise<void> {
    this.#life.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#sender = null;
    this.#key = null;
    this.#typing.set(false);
    this.#show({ ...EMPTY, phase: 'starting', desk: this.#state.desk });
    try {
      // A conversation that is lost again and again is not begun anew in a tight loop.
      if (this.#losses > 1) await pause(retryDelay(this.#losses, Math.random()), signal);
      for (let attempt = 0; ; attempt++) {
        const outcome = await begin(this.#o);
        if (signal.aborted) return;
        if (outcome.kind === 'ok') return this.#adopt(outcome.value, signal);
        if (outcome.kind !== 'later') return this.#show({ phase: 'refused', refusal: outcome.message ?? '' });
        this.#link(false);
        await pause(outcome.after ?? retryDelay(attempt, Math.random()), signal);
      }
    } catch {
      // Stopped while waiting: another life has begun.
    }
  }

  #adopt({ key, desk, messages, instead }: Begun, signal: AbortSignal): void {
    this.#key = key;
    this.#linked = true;
    if (instead !== 'nothing') this.#o.store.remove(`${this.#o.prefix}seen`);
    for (const item of this.#outbox.list()) {
      // A button's question died with its conversation. What was typed still holds, but not what somebody else typed before.
      const stale = instead === 'lost' ? item.answer !== undefined : instead === 'other-person' && item.at < this.#since;
      if (stale) this.#outbox.remove(item.id);
    }
    this.#show({ phase: 'ready', desk, fresh: instead === 'lost' });
    this.#take(messages, false);
    this.#tell = joinTabs({
      name: `${this.#o.prefix}stream:${key.conversation}`,
      signal,
      here: () => ({ last: lastSeq(this.#state.messages), up: this.#linked }),
      onMessage: (message) => this.#heard(message),
      lead: async (leading) => {
        const end = await follow({
          open: (attempt) => this.#o.api.events(key, lastSeq(this.#state.messages), attempt),
          onEvent: (event) => this.#event(event),
          onLink: (up) => {
            this.#link(up);
            this.#tell({ kind: 'link', up });
          },
          signal: leading,
        });
        if (end === 'gone' && !signal.aborted) this.#lost();
      },
    });
    this.#sender = new Sender({
      outbox: this.#outbox,
      lock: `${this.#o.prefix}send`,
      post: ({ id, text, answer, attachments }) => {
        const files = attachments && { attachments: attachments.map((it) => it.id) };
        return this.#typing.during(this.#o.api.send(key, { id, text, ...(answer && { answer }), ...files }));
      },
      onDone: (item, sent) => {
        if (signal.aborted || !sent) return this.#show({});
        this.#losses = 0;
        this.#show({ accepted: [...this.#state.accepted, item] });
        this.#take(sent.messages, true);
        if (!sent.done && !isAnswered(this.#state.messages, item.id)) this.#typing.set(true);
      },
      onGone: () => this.#lost(),
      onStuck: (stuck) => this.#show({ stuck }),
      signal,
    });
    this.#sender.flush();
  }

  #lost(): void {
    this.#losses++;
    void this.#begin();
  }

  #event({ event, data }: SseEvent): void {
    const value = parseJson(data);
    if (event === 'message' && isTimelineMessage(value)) this.#take([value], true);
    if (event === 'typing' && isObject(value)) {
      this.#typing.set(value.on === true);
      this.#tell({ kind: 'typing', on: value.on === true });
    }
  }

  #heard(message: TabMessage): void {
    if (message.kind === 'messages') this.#take(message.messages, false);
    if (message.kind === 'typing') this.#typing.set(message.on);
    if (message.kind === 'link') this.#link(message.up);
    if (message.kind === 'here') {
      this.#link(message.up);
      const last = lastSeq(this.#state.messages);
      if (message.last > last) void this.#fetchAfter(last);
    }
  }

  /** Adds what came in, and asks for what turns out to be missing or out of date. */
  #take(incoming: readonly TimelineMessage[], share: boolean): void {
    if (incoming.length === 0) return;
    const before = lastSeq(this.#state.messages);
    const { messages, gapAfter } = merge(this.#state.messages, incoming);
    if (incoming.some((message) => message.seq > before && message.from !== 'visitor')) this.#typing.set(false);
    const arrived = new Set(messages.map((message) => message.clientId));
    // What was pressed while a colleague talked waits for an answer still.
    const back = incoming.some((message) => message.seq > before && message.reply?.colleague === null);
    this.#show({ ...(back ? { used: new Map() } : {}), messages, accepted: this.#state.accepted.filter(({ id }) => !arrived.has(id)) });
    if (share) this.#tell({ kind: 'messages', messages: incoming });
    const after = gapAfter ?? staleAsk(messages);
    const mark = `${after}:${lastSeq(messages)}`;
    if (after === null || mark === this.#refreshed) return;
    this.#refreshed = mark;
    void this.#fetchAfter(after);
  }

  async #fetchAfter(after: number): Promise<void> {
    const key = this.#key;
    const { signal } = this.#life;
    for (let attempt = 0; key && !signal.aborted; attempt++) {
      const timeline = await this.#o.api.timeline(key, after);
      if (signal.aborted) return;
      if (timeline.kind === 'ok') return this.#take(timeline.value.messages, false);
      if (timeline.kind === 'gone') return this.#lost();
      if (timeline.kind === 'refused') return;
      await pause(timeline.after ?? retryDelay(attempt, Math.random()), signal).catch(() => undefined);
    }
  }

  #link(up: boolean): void {
    const before = this.#linked;
    this.#linked = up;
    if (up) this.#losses = 0;
    if (up && !before) this.#sender?.flush();
    this.#show({});
  }

  /** Another tab wrote to the storage that we share. */
  #stored(key: string | null): void {
    if (key === null || !key.startsWith(this.#o.prefix)) return;
    if (key === conversationKey(this.#o.prefix)) {
      const stored = readConversation(this.#o.store.get(key));
      if (this.#key && stored && stored.conversation !== this.#key.conversation) void this.#begin();
    } else {
      this.#show({});
      this.#sender?.flush();
    }
  }

  #seen(): number {
    return Number(this.#o.store.get(`${this.#o.prefix}seen`)) || 0;
  }

  #show(change: Partial<ChatState>): void {
    const up = this.#linked && navigator.onLine;
    this.#state = { ...this.#state, ...change, outbox: this.#outbox.list(), up, typing: up && this.#typing.on };
    this.#o.onChange();
  }
}
