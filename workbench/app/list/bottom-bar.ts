import { type GriffelStyle, tokens } from '@fluentui/react-components';

/** What stands below a list, above the edge of a phone's screen. */
export const BOTTOM_BAR = {
  display: 'flex',
  flexDirection: 'column',
  padding: tokens.spacingHorizontalM,
  paddingBottom: `max(${tokens.spacingHorizontalM}, env(safe-area-inset-bottom))`,
  borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  backgroundColor: tokens.colorNeutralBackground1,
  boxShadow: tokens.shadow8,
} as const satisfies GriffelStyle;
