import { makeStyles, mergeClasses, Text, Title2, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';
import { useSpeech } from '../language.tsx';

const useStyles = makeStyles({
  page: { flexGrow: 1, minHeight: 0, overflowY: 'auto', backgroundColor: tokens.colorNeutralBackground1 },
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '760px',
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXL}`,
    '@media (max-width: 719px)': { padding: tokens.spacingHorizontalL },
  },
  wide: { maxWidth: '1200px' },
  intro: { color: tokens.colorNeutralForeground2 },
});

interface PageProps {
  readonly title: string;
  readonly intro: string;
  /** It has two columns where there is room. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page that stands beside the queues: of the administrator, or of an agent at the desk. */
export function Page({ title, intro, wide = false, children }: PageProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <div className={styles.page}>
      <div className={mergeClasses(styles.column, wide && styles.wide)}>
        <div>
          <Title2 as="h1" block>
            {title}
          </Title2>
          <Text className={styles.intro}>{intro}</Text>
        </div>
        {children}
      </div>
    </div>
  );
}
