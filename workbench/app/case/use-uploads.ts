import { useCallback, useRef, useState } from 'react';
import type { Attached } from '../../protocol.ts';
import { useReason } from '../use-failure.ts';

/** A file that is added to what somebody writes. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly state:
    | { readonly kind: 'sending' }
    | { readonly kind: 'kept'; readonly file: Attached }
    | { readonly kind: 'failed'; readonly why: string };
}

export interface Uploads {
  readonly list: readonly Upload[];
  /** Some are still on their way. */
  readonly busy: boolean;
  /** The ids of those that can go along. */
  readonly ready: readonly string[];
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: number) => void;
  /** They went along; what failed stays, so that it is seen. */
  readonly sent: () => void;
}

/** Files go to the desk as soon as they are chosen; until they are sent along they belong to nothing, and are removed after a day. */
export function useUploads(keep: (file: File) => Promise<Attached>): Uploads {
  const [list, setList] = useState<readonly Upload[]>([]);
  const reason = useReason();
  const next = useRef(0);
  const set = useCallback((key: number, state: Upload['state']) => {
    setList((before) => before.map((one) => (one.key === key ? { ...one, state } : one)));
  }, []);
  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const key = next.current++;
        setList((before) => [...before, { key, name: file.name, size: file.size, state: { kind: 'sending' } }]);
        keep(file).then(
          (kept) => set(key, { kind: 'kept', file: kept }),
          (error) => set(key, { kind: 'failed', why: reason(error instanceof Error ? error : null) }),
        );
      }
    },
    [keep, reason, set],
  );
  const remove = useCallback((key: number) => setList((before) => before.filter((one) => one.key !== key)), []);
  const sent = useCallback(() => setList((before) => before.filter(({ state }) => state.kind !== 'kept')), []);
  return {
    list,
    busy: list.some(({ state }) => state.kind === 'sending'),
    ready: list.flatMap(({ state }) => (state.kind === 'kept' ? [state.file.id] : [])),
    add,
    remove,
    sent,
  };
}
