/**
 * What somebody was writing, kept per case and kind of text, so that looking at another case or a reload loses nothing.
 * Session storage: it ends with the tab and never leaves the machine.
 */
export function readDraft(caseId: string, mode: string): string {
  return window.sessionStorage.getItem(keyOf(caseId, mode)) ?? '';
}

export function writeDraft(caseId: string, mode: string, text: string): void {
  try {
    if (text === '') window.sessionStorage.removeItem(keyOf(caseId, mode));
    else window.sessionStorage.setItem(keyOf(caseId, mode), text);
  } catch {
    // A full or forbidden storage must not stop somebody from typing.
  }
}

function keyOf(caseId: string, mode: string): string {
  return `loket-draft:${caseId}:${mode}`;
}
