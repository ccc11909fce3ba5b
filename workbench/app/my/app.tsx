import { Button, Spinner, Text } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api-error.ts';
import { LanguageProvider, useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { currentSession } from '../session.ts';
import { NoToken } from '../teams/host.ts';
import { NoEntry } from '../teams/no-entry.tsx';
import { IN_TEAMS } from '../teams/place.ts';
import { ThemeProvider } from '../theme.tsx';
import { Frame } from './frame.tsx';
import { forgetToken } from './sign-in.ts';

/** "My cases": what somebody asked and how it stands, a new question, and what the desk does. */
export function MyApp() {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: again } } }));
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <ThemeProvider>
          <Door />
        </ThemeProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function Door() {
  const { t } = useSpeech();
  const session = useQuery({ queryKey: ['session'], queryFn: currentSession, staleTime: Number.POSITIVE_INFINITY });
  if (session.data) return <Frame session={session.data} />;
  if (session.error instanceof ApiError && session.error.status === 401 && !IN_TEAMS) {
    forgetToken();
    return (
      <Notice title={t('my.inTitle')}>
        <Text>{t('my.in')}</Text>
        <Button as="a" appearance="primary" href="/">
          {t('my.toChat')}
        </Button>
      </Notice>
    );
  }
  if (session.error) return <NoEntry error={session.error} onAgain={() => session.refetch()} />;
  return (
    <Notice>
      <Spinner />
    </Notice>
  );
}

/** A refusal stays one. */
function again(count: number, error: Error): boolean {
  if (error instanceof NoToken || (error instanceof ApiError && error.status >= 400 && error.status < 500)) return false;
  return count < 2;
}
