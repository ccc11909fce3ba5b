/** What a single key does; Enter on a row is the browser's own, because a row is a link. */
export const COMMANDS = [
  'next',
  'down',
  'up',
  'claim',
  'reply',
  'ask',
  'note',
  'ready',
  'register',
  'search',
  'views',
  'filter',
  'select',
  'help',
] as const;
export type Command = (typeof COMMANDS)[number];

/** The key of each command, as the help shows it. */
export const KEYS = {
  next: 'N',
  down: 'J',
  up: 'K',
  claim: 'C',
  reply: 'R',
  ask: 'A',
  note: 'I',
  ready: 'G',
  register: 'M',
  search: '/',
  views: 'V',
  filter: 'F',
  select: 'X',
  help: '?',
} as const satisfies Record<Command, string>;

/** The part of a keyboard event that decides. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** The key was held down: only walking through a list may repeat. */
  readonly repeat: boolean;
  /** Where the press happened takes text, or an open dialog or menu has the keyboard. */
  readonly taken: boolean;
}

/** The command a key press gives, or null. */
export function commandFor(press: Press): Command | null {
  if (press.taken || press.ctrlKey || press.metaKey || press.altKey) return null;
  const command = COMMANDS.find((candidate) => KEYS[candidate] === press.key.toUpperCase()) ?? null;
  return press.repeat && command !== 'down' && command !== 'up' ? null : command;
}
