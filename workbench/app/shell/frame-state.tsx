import { createContext, useContext } from 'react';
import type { Shape } from '../list/shape.ts';
import type { View } from '../router.ts';

/** What the columns share: which list stands beside the case, and how it is shown. */
export interface Frame {
  readonly view: View;
  readonly shape: Shape;
  /** Shows the list another way. */
  readonly setShape: (shape: Partial<Shape>) => void;
  /** Goes to a list, shown that way. */
  readonly show: (view: View, shape: Shape) => void;
  /** Takes what is first in the queue. Nothing happens while the last request runs. */
  readonly takeNext: () => void;
  readonly taking: boolean;
  /** The team that "next" takes from; null when there is none. */
  readonly nextTeam: string | null;
}

export const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('useFrame is for what stands in the workbench');
  return frame;
}

/** The page's own commands to elements it doesn't own, by id: one search field, one list, one case at a time. */
export const IDS = {
  search: 'loket-search',
  views: 'loket-views',
  filter: 'loket-filter',
  list: 'loket-list',
  heading: 'loket-case-heading',
} as const;

/** Rows carry this, so that J and K can walk over them in the order of the screen. */
export const ROW = 'data-case-row';

/** The cases of the list in the order of the screen. */
export function rowsOnScreen(): string[] {
  return [...document.querySelectorAll(`#${IDS.list} [${ROW}]`)].flatMap((row) => row.getAttribute(ROW) ?? []);
}

/** The case in the list that has the focus, itself or by its box. */
export function focusedRow(): string | null {
  const item = document.activeElement?.closest(`#${IDS.list} > li`);
  return item?.querySelector(`[${ROW}]`)?.getAttribute(ROW) ?? null;
}

/** Moves the focus in the list from the focused row, else from the open case, else to the first. */
export function walk(step: 1 | -1, openCase: string | null): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(`#${IDS.list} [${ROW}]`)];
  if (rows.length === 0) return false;
  const focused = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1;
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute(ROW) === openCase);
  const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
  rows[to]?.focus();
  return true;
}
