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

function keyOf(caseId: string, mode: string): string {
  return `loket-draft:${caseId}:${mode}`;
}
