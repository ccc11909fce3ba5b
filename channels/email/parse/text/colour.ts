/** Colours as people name them: what HTML says of a text, and what a text says of its answers ("zie mijn antwoorden in rood"). */

export type Colour = 'red' | 'orange' | 'green' | 'blue' | 'purple';

/** Text of one colour in a line. */
export interface Coloured {
  readonly colour: Colour;
  readonly text: string;
}

const NAMED: Readonly<Record<string, Colour>> = {
  red: 'red',
  crimson: 'red',
  firebrick: 'red',
  darkred: 'red',
  maroon: 'red',
  orange: 'orange',
  darkorange: 'orange',
  orangered: 'orange',
  green: 'green',
  darkgreen: 'green',
  limegreen: 'green',
  seagreen: 'green',
  blue: 'blue',
  navy: 'blue',
  darkblue: 'blue',
  royalblue: 'blue',
  purple: 'purple',
  magenta: 'purple',
  violet: 'purple',
  darkviolet: 'purple',
};

/**
 * The colour that an element gives its text: null for black, grey and what is a link's; undefined when it says nothing, so that what is around it
 * counts.
 */
export function colourOf(element: string, { style = '', color = '' }: Readonly<Record<string, string>>): Colour | null | undefined {
  if (element === 'a') return null;
  const said = /(?:^|[;\s])color:\s*([^;!]{1,40})/i.exec(style)?.[1] ?? (element === 'font' ? color : '');
  return said === '' || /^\s*inherit/i.test(said) ? undefined : named(said.trim().toLowerCase());
}

function named(said: string): Colour | null {
  const parts = rgbOf(said);
  return parts ? byHue(parts) : (NAMED[said] ?? null);
}

type Rgb = readonly [number, number, number];

function rgbOf(said: string): Rgb | null {
  const [, r = '', g = '', b = ''] =
    /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/.exec(said) ?? /^#([\da-f])([\da-f])([\da-f])$/.exec(said) ?? [];
  if (r !== '') return [hex(r), hex(g), hex(b)];
  const decimal = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/.exec(said);
  return decimal ? [Number(decimal[1]), Number(decimal[2]), Number(decimal[3])] : null;
}

const hex = (digits: string): number => Number.parseInt(digits.length === 1 ? digits + digits : digits, 16);

/** Black, white and grey are none. */
function byHue([r, g, b]: Rgb): Colour | null {
  const most = Math.max(r, g, b);
  const spread = most - Math.min(r, g, b);
  if (most < 70 || spread < most * 0.45) return null;
  const sixth = most === r ? (g - b) / spread : most === g ? (b - r) / spread + 2 : (r - g) / spread + 4;
  const hue = (sixth * 60 + 360) % 360;
  if (hue < 18 || hue >= 340) return 'red';
  if (hue < 62) return 'orange';
  if (hue < 175) return 'green';
  return hue < 258 ? 'blue' : 'purple';
}

const WORDS: Readonly<Record<Colour, string>> = {
  red: 'rood|rode|red|rot|roter|roten|rouge',
  orange: 'oranje|orange',
  green: 'groen|groene|green|grün|grüner|grünen|vert',
  blue: 'blauw|blauwe|blue|blau|blauer|blauen|bleu',
  purple: 'paars|paarse|purple|lila|violett?|magenta|roze|pink|rosa',
};
const COLOURS = Object.keys(WORDS) as Colour[];
const IN = '(?:in|im|met|with|en)(?:\\s(?:het|de|the|der|een|a))?';
const ANNOUNCED = COLOURS.map((colour) => ({
  colour,
  pattern: new RegExp(`(?<!\\p{L})${IN}\\s(?:${WORDS[colour]})(?!\\p{L})`, 'iu'),
}));
const ANY_COLOUR = /(?<!\p{L})(?:in (?:een |de )?(?:andere )?kleur|in (?:a different )?colou?r|farbig|in farbe|en couleur)(?!\p{L})/iu;
const BETWEEN =
  /(?<!\p{L})(?:tussen (?:de|je|jouw|uw) (?:tekst|regels|vragen)|inline|between the lines|zwischen den zeilen|antwoord(?:en)? hieronder|answers? below|comments? below)(?!\p{L})/iu;

/** In which colours a text says that its answers stand; blue is a client's own colour for what it does not say. */
export function coloursAnnounced(text: string): ReadonlySet<Colour> {
  const said = text.slice(0, 5_000);
  const found = ANNOUNCED.filter(({ pattern }) => pattern.test(said)).map(({ colour }) => colour);
  if (found.length > 0) return new Set(found);
  if (ANY_COLOUR.test(said)) return new Set(COLOURS);
  return new Set(BETWEEN.test(said) ? COLOURS.filter((colour) => colour !== 'blue') : []);
}
