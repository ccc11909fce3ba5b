import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { Command } from './command.tsx';

/** How to get in: shown to whoever isn't, and to whoever comes with a spent link. */
export function SignInHelp({ reason }: { readonly reason: 'need' | 'used' }) {
  const { t } = useSpeech();
  const ways = useQuery({ queryKey: ['ways-in'], queryFn: api.waysIn, staleTime: Number.POSITIVE_INFINITY, meta: { signIn: true } });
  const problem = problemIn(window.location.search);
  return (
    <Notice title={t(reason === 'used' ? 'signin.usedTitle' : 'signin.needTitle')}>
      {problem && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t(`signin.problem.${problem}`)}</MessageBarBody>
        </MessageBar>
      )}
      {ways.data?.openid && (
        <Button as="a" appearance="primary" size="large" href="/api/workbench/openid/start">
          {t('signin.openid')}
        </Button>
      )}
      <Text>{t(reason === 'used' ? 'signin.used' : 'signin.need')}</Text>
      <Text weight="semibold">{t('signin.askAdmin')}</Text>
      <Text>{t('signin.command')}</Text>
      <Command>npx loket sign-in {t('signin.address')} --role worker --team TEAM</Command>
    </Notice>
  );
}

const PROBLEMS = ['no-role', 'other-person', 'not-valid', 'provider-away'] as const;

/** Why the provider's sign-in came back without a session. */
function problemIn(query: string): (typeof PROBLEMS)[number] | undefined {
  const said = new URLSearchParams(query).get('problem');
  return PROBLEMS.find((known) => known === said);
}
