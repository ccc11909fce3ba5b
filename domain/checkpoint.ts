/**
 * The places between two writes where a crash would hurt most. The fault tests stop the process hard at each of them;
 * in normal use nothing listens. A list, so that a test can prove it has been at every one.
 */
export const CHECKPOINTS = [
  'intake:before-store',
  'intake:after-store',
  'turn:before-commit',
  'turn:after-commit',
  'outbox:before-add',
  'outbox:after-add',
  'outbox:after-mark',
  'deliver:before-send',
  'deliver:after-send',
  'handler:before-send',
  'handler:after-send',
  'handler:after-record',
  'mail:after-fetch',
  'mail:after-mark',
  'mail:after-cursor',
  'mail:handed-over',
  'claim:after-take',
  'claim:before-commit',
  'claim:after-commit',
  'claim:after-complete',
] as const;
export type Checkpoint = (typeof CHECKPOINTS)[number];

/** Called on the way past a checkpoint. */
export type PassCheckpoint = (checkpoint: Checkpoint) => void;
