import type { CaseRow } from '../../protocol.ts';

/** Of a state's badge; colour comes on top of the word in it. */
export const STATE_COLOURS = {
  open: 'informative',
  queued: 'informative',
  claimed: 'brand',
  waiting: 'warning',
  ready: 'success',
  closed: 'success',
  withdrawn: 'subtle',
  merged: 'subtle',
} as const satisfies Readonly<Record<CaseRow['state'], string>>;
