import { isObject, parseJson } from './guards.ts';

/** The part of `Storage` that the widget uses. */
export interface KeyValue {
  keys(): string[];
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** For as long as the page lives; also what tests use. */
export function memoryStore(): KeyValue {
  const map = new Map<string, string>();
  return {
    keys: () => [...map.keys()],
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  };
}

/** Local storage, or memory where the browser blocks it (private windows, third-party rules) or it is full. */
export function browserStore(): KeyValue {
  const memory = memoryStore();
  let storage: Storage;
  try {
    storage = localStorage;
    storage.setItem('loket:probe', '1');
    storage.removeItem('loket:probe');
  } catch {
    return memory;
  }
  return {
    keys: () => [...Object.keys(storage), ...memory.keys()],
    get: (key) => memory.get(key) ?? storage.getItem(key),
    set: (key, value) => {
      try {
        storage.setItem(key, value);
        memory.remove(key);
      } catch {
        memory.set(key, value);
      }
    },
    remove: (key) => {
      memory.remove(key);
      storage.removeItem(key);
    },
  };
}

/** The conversation this browser has with the desk. */
export interface StoredConversation {
  readonly conversation: string;
  readonly secret: string;
  readonly desk: string;
  /** Whose it is (the token's subject, empty for an anonymous visitor): on a shared computer the next person starts afresh. */
  readonly who: string;
}

export function readConversation(text: string | null): StoredConversation | null {
  const value = text === null ? null : parseJson(text);
  if (!isObject(value)) return null;
  const { conversation, secret, desk, who } = value;
  if (typeof conversation !== 'string' || typeof secret !== 'string' || typeof desk !== 'string' || typeof who !== 'string') return null;
  return { conversation, secret, desk, who };
}
