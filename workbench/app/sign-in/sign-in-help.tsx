import { Text } from '@fluentui/react-components';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { Command } from './command.tsx';

/** How to get in: shown to whoever isn't, and to whoever comes with a spent link. */
export function SignInHelp({ reason }: { readonly reason: 'need' | 'used' }) {
  const { t } = useSpeech();
  return (
    <Notice title={t(reason === 'used' ? 'signin.usedTitle' : 'signin.needTitle')}>
      <Text>{t(reason === 'used' ? 'signin.used' : 'signin.need')}</Text>
      <Text weight="semibold">{t('signin.askAdmin')}</Text>
      <Text>{t('signin.command')}</Text>
      <Command>npx loket sign-in {t('signin.address')} --role worker --team TEAM</Command>
    </Notice>
  );
}
