import { Button, Text } from '@fluentui/react-components';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { useReason } from '../use-failure.ts';
import { NoToken } from './host.ts';

/** Why the sign-in gave nothing, and a way to try again. */
export function NoEntry({ error, onAgain }: { readonly error: Error; readonly onAgain: () => void }) {
  const { t } = useSpeech();
  const reason = useReason();
  return (
    <Notice title={t('teams.noTokenTitle')}>
      <Text>{error instanceof NoToken ? t(error.consent ? 'teams.consent' : 'teams.noToken') : reason(error)}</Text>
      <Button appearance="primary" onClick={onAgain}>
        {t('app.again')}
      </Button>
    </Notice>
  );
}
