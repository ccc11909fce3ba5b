import { Button, MessageBar, MessageBarBody, Spinner, Text } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { meQuery } from '../queries.ts';
import { navigate } from '../use-route.tsx';
import { SignInHelp } from './sign-in-help.tsx';

/**
 * Confirms who the link signs in before spending it, so that a mail scanner that opens links doesn't use it up. The token
 * stands behind `#`, which a browser doesn't send, and leaves the address bar at once: a glance or a screenshot must not keep it.
 */
export function SignInPage() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const token = useToken();
  const peek = useQuery({
    queryKey: ['peek', token],
    queryFn: () => api.peek(token),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    meta: { signIn: true },
  });
  const signIn = useMutation({
    mutationFn: () => api.signIn(token),
    meta: { signIn: true },
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(meQuery.queryKey, me);
      navigate({ page: 'home' }, 'replace');
    },
  });
  if (token === '') return <SignInHelp reason="need" />;
  if (isRefusal(peek.error) || isRefusal(signIn.error)) return <SignInHelp reason="used" />;
  if (peek.isError) {
    return (
      <Notice title={t('app.noAnswer')}>
        <Button appearance="primary" onClick={() => peek.refetch()}>
          {t('app.again')}
        </Button>
      </Notice>
    );
  }
  if (!peek.data) {
    return (
      <Notice>
        <Spinner />
      </Notice>
    );
  }
  return (
    <Notice title={t('signin.title')}>
      <Text>{t('signin.once')}</Text>
      {signIn.isError && (
        <MessageBar intent="warning">
          <MessageBarBody>{t('app.noAnswer')}</MessageBarBody>
        </MessageBar>
      )}
      <Button appearance="primary" size="large" disabled={signIn.isPending} onClick={() => signIn.mutate()}>
        {t('signin.as', { name: peek.data.name, role: t(`role.${peek.data.role}`) })}
      </Button>
    </Notice>
  );
}

/** The server looked at the token and said no; anything else may pass. */
function isRefusal(error: Error | null): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
}

/** Takes the token out of the address bar; a second link pasted in the same tab only changes the fragment. */
function useToken(): string {
  const [token, setToken] = useState(fragment);
  useEffect(() => {
    const take = () => {
      const found = fragment();
      if (found === '') return;
      setToken(found);
      window.history.replaceState(null, '', window.location.pathname);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
}

function fragment(): string {
  return window.location.hash.slice(1);
}
