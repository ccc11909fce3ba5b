import type { StartRequest, TimelineMessage } from '../protocol.ts';
import type { Api, Key } from './api.ts';
import type { Outcome } from './outcome.ts';
import { type KeyValue, readConversation } from './storage.ts';
import { exclusively } from './tabs.ts';
import { subject } from './token.ts';

export interface BeginOptions {
  readonly api: Api;
  readonly store: KeyValue;
  /** Keeps desks apart that share a page's origin. */
  readonly prefix: string;
  readonly language: NonNullable<StartRequest['language']>;
  readonly token: () => Promise<Outcome<string | undefined>>;
}

export interface Begun {
  readonly key: Key;
  readonly desk: string;
  readonly messages: readonly TimelineMessage[];
  /** `lost`: the stored conversation opens no longer. `other-person`: it was somebody else's. */
  readonly instead: 'nothing' | 'lost' | 'other-person';
}

export const conversationKey = (prefix: string): string => `${prefix}conversation`;

/** Resumes the stored conversation, or begins one. Under a lock: two tabs opened together begin a single conversation. */
export async function begin({ api, store, prefix, language, token }: BeginOptions): Promise<Outcome<Begun>> {
  const signed = await token();
  if (signed.kind !== 'ok') return signed;
  const who = subject(signed.value);
  return exclusively(`${prefix}start`, async (): Promise<Outcome<Begun>> => {
    const stored = readConversation(store.get(conversationKey(prefix)));
    if (stored?.who === who) {
      const timeline = await api.timeline(stored);
      if (timeline.kind === 'ok') {
        return { kind: 'ok', value: { key: stored, desk: stored.desk, messages: timeline.value.messages, instead: 'nothing' } };
      }
      if (timeline.kind !== 'gone') return timeline;
    }
    const started = await api.start({ language, ...(signed.value && { token: signed.value }) });
    if (started.kind !== 'ok') return started;
    const { conversation, secret, desk, messages } = started.value;
    store.set(conversationKey(prefix), JSON.stringify({ conversation, secret, desk: desk.name, who }));
    const instead = !stored ? 'nothing' : stored.who === who ? 'lost' : 'other-person';
    return { kind: 'ok', value: { key: { conversation, secret }, desk: desk.name, messages, instead } };
  });
}
