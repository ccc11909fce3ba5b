import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChatRegular } from '@fluentui/react-icons/svg/chat';
import { useSpeech } from '../language.tsx';

const useStyles = makeStyles({
  box: {
    flexGrow: 1,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalXXL,
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
  },
  icon: { fontSize: '40px', color: tokens.colorNeutralForeground3 },
});

/** The third column before a case is chosen. */
export function NoCase() {
  const styles = useStyles();
  const { t } = useSpeech();
  return (
    <div className={styles.box}>
      <ChatRegular className={styles.icon} aria-hidden />
      <Text size={400} weight="semibold">
        {t('case.choose')}
      </Text>
      <Text>{t('case.chooseHow')}</Text>
    </div>
  );
}
