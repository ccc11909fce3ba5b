import { makeStyles, Title3, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  page: {
    height: '100%',
    display: 'grid',
    placeItems: 'center',
    padding: tokens.spacingHorizontalL,
    boxSizing: 'border-box',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
    width: '100%',
    maxWidth: '460px',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow8,
  },
});

interface NoticeProps {
  readonly title?: string;
  /** It stands in the workbench, which has its own landmark. */
  readonly within?: boolean;
  readonly children: ReactNode;
}

/** One message on an otherwise empty page; without a title just what is in it. */
export function Notice({ title, within = false, children }: NoticeProps) {
  const styles = useStyles();
  const Box = within ? 'div' : 'main';
  return (
    <Box className={styles.page}>
      {title === undefined ? (
        children
      ) : (
        <div className={styles.card}>
          <Title3 as="h1">{title}</Title3>
          {children}
        </div>
      )}
    </Box>
  );
}
