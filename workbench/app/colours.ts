import { tokens } from '@fluentui/react-components';

/** Fluent's colour nearer to the text's, because its own lacks contrast on a hovered or chosen row in the dark theme. */
const readable = (colour: string) => `color-mix(in srgb, ${colour} 78%, ${tokens.colorNeutralForeground1})`;

/** How a pressing moment is coloured, on top of its mark and words. */
export const PRESSING = {
  late: readable(tokens.colorPaletteRedForeground1),
  soon: readable(tokens.colorPaletteDarkOrangeForeground1),
} as const;

/** What is one's own. */
export const MINE = readable(tokens.colorBrandForeground1);

/** How what stays inside looks, wherever it stands. Mixed with the ground, because Fluent's own yellow shouts in the dark theme. */
export const NOTE = {
  background: `color-mix(in srgb, ${tokens.colorPaletteYellowBackground2} 32%, ${tokens.colorNeutralBackground1})`,
  border: tokens.colorPaletteMarigoldBorderActive,
} as const;
