import { makeStyles, tokens } from '@fluentui/react-components';

/** A band above the conversation: cases that belong to this one. */
export const useBandStyles = makeStyles({
  all: {
    flexShrink: 0,
    maxHeight: '40%',
    overflowY: 'auto',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  link: { color: tokens.colorBrandForegroundLink, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
});
