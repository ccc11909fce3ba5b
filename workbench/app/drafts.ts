import { recallInTab, rememberInTab } from './browser-state.ts';

/**
 * What somebody was writing, kept per case and kind of text, so that looking at another case or a reload loses nothing.
 * Session storage: it ends with the tab and never leaves the machine.
 */
export function readDraft(caseId: string, mode: string): string {
  return recallInTab(keyOf(caseId, mode)) ?? '';
}

export function writeDraft(caseId: string, mode: string, text: string): void {
  rememberInTab(keyOf(caseId, mode), text === '' ? null : text);
}

const RESTORED = 'loket-draft-restored';

/** What was sent and taken back is a draft again; before what has been written since. */
export function restoreDraft(caseId: string, mode: string, text: string): void {
  const since = readDraft(caseId, mode);
  writeDraft(caseId, mode, since === '' || since === text ? text : `${text}\n\n${since}`);
  window.dispatchEvent(new Event(RESTORED));
}

/** @returns how to end it */
export function onRestored(look: () => void): () => void {
  window.addEventListener(RESTORED, look);
  return () => window.removeEventListener(RESTORED, look);
}

function keyOf(caseId: string, mode: string): string {
  return `loket-draft:${caseId}:${mode}`;
}
