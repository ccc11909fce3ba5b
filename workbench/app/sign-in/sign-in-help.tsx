import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';

const useStyles = makeStyles({
  code: {
    display: 'block',
    width: '100%',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase300,
    overflowWrap: 'anywhere',
  },
});

/** How to get in: shown to whoever isn't, and to whoever comes with a spent link. */
export function SignInHelp({ reason }: { readonly reason: 'need' | 'used' }) {
  const styles = useStyles();
  const { t } = useSpeech();
  return (
    <Notice title={t(reason === 'used' ? 'signin.usedTitle' : 'signin.needTitle')}>
      <Text>{t(reason === 'used' ? 'signin.used' : 'signin.need')}</Text>
      <Text weight="semibold">{t('signin.askAdmin')}</Text>
      <Text>{t('signin.command')}</Text>
      <code className={styles.code}>npx loket sign-in {t('signin.address')} --role worker --team TEAM</code>
    </Notice>
  );
}
