import { useCallback, useMemo, useState } from 'react';
import type { View } from '../router.ts';

/** As many as are done with at once. */
export const MOST_AT_ONCE = 100;

/** The cases of a list that something is to be done with. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Whether a press on a row chooses it instead of opening it, which also holds while any is chosen on a touch screen. */
  readonly choosing: boolean;
  readonly start: () => void;
  readonly toggle: (id: string) => void;
  /** Chooses all from the one that was chosen last to this one. */
  readonly through: (id: string, rows: readonly string[]) => void;
  readonly all: (rows: readonly string[]) => void;
  readonly clear: () => void;
}

interface Chosen {
  readonly view: View;
  readonly ids: ReadonlySet<string>;
  readonly last: string | null;
  readonly choosing: boolean;
}

/** Which cases are chosen; of another list none are. */
export function useSelection(view: View): Selection {
  const nothing = useMemo<Chosen>(() => ({ view, ids: new Set(), last: null, choosing: false }), [view]);
  const [kept, setKept] = useState<Chosen>(nothing);
  const chosen = kept.view === view ? kept : nothing;
  const change = useCallback(
    (to: (before: Chosen) => Partial<Chosen>) =>
      setKept((before) => {
        const now = before.view === view ? before : nothing;
        return { ...now, ...to(now) };
      }),
    [view, nothing],
  );
  const toggle = useCallback(
    (id: string) =>
      change(({ ids }) => {
        const without = new Set([...ids].filter((other) => other !== id));
        return { ids: without.size < ids.size ? without : upTo([...ids, id]), last: id };
      }),
    [change],
  );
  const through = useCallback(
    (id: string, rows: readonly string[]) =>
      change(({ ids, last }) => {
        const [a, b] = [rows.indexOf(last ?? id), rows.indexOf(id)];
        const range = a < 0 || b < 0 ? [id] : rows.slice(Math.min(a, b), Math.max(a, b) + 1);
        return { ids: upTo([...ids, ...range]), last: id };
      }),
    [change],
  );
  const all = useCallback((rows: readonly string[]) => change(() => ({ ids: upTo(rows) })), [change]);
  const start = useCallback(() => change(() => ({ choosing: true })), [change]);
  const clear = useCallback(() => change(() => ({ ids: new Set(), last: null, choosing: false })), [change]);
  return { ids: chosen.ids, choosing: chosen.choosing, start, toggle, through, all, clear };
}

function upTo(ids: readonly string[]): ReadonlySet<string> {
  return new Set([...new Set(ids)].slice(0, MOST_AT_ONCE));
}
