import { makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
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
  intro: { color: tokens.colorNeutralForeground2 },
});

/** A page of the administrator's. */
export function Page({ title, intro, children }: { readonly title: string; readonly intro: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const { t } = useSpeech();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <div className={styles.page}>
      <div className={styles.column}>
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
