/** A room as the organisation's list has it; `building` is the building's id. */
export interface Room {
  readonly number: string;
  readonly building: string;
  readonly floor: string | null;
  readonly name: string | null;
}

/** The form by which a room's number or name is found: `3-14`, `3.14` and `3 . 14` are the same, and so are `rembrandt` and `Rembrandt`. */
export function normaliseRoom(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\d)\s*[-.\u2010-\u2015]\s*(?=\d)/g, '.')
    .replace(/[^\p{L}\p{N}.]+/gu, '')
    .replace(/^\.+|\.+$/g, '');
}
