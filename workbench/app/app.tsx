import { Button, Spinner } from '@fluentui/react-components';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LanguageProvider, useSpeech } from './language.tsx';
import { MeContext } from './me.ts';
import { Notice } from './notice.tsx';
import { meQuery, newQueryClient } from './queries.ts';
import { Workbench } from './shell/workbench.tsx';
import { SignInHelp } from './sign-in/sign-in-help.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { NoEntry } from './teams/no-entry.tsx';
import { NoRole } from './teams/no-role.tsx';
import { IN_TEAMS } from './teams/place.ts';
import { ThemeProvider } from './theme.tsx';
import { Toasts } from './toast.tsx';
import { useRoute } from './use-route.tsx';

/** The page: its surroundings, and whether somebody is signed in. */
export function App() {
  const [client] = useState(newQueryClient);
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <ThemeProvider>
          <Toasts />
          <Door />
        </ThemeProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function Door() {
  const route = useRoute();
  return route.page === 'sign-in' ? <SignInPage /> : <Inside />;
}

function Inside() {
  const { t } = useSpeech();
  const me = useQuery(meQuery);
  if (me.data) {
    return (
      <MeContext value={me.data}>
        <Workbench />
      </MeContext>
    );
  }
  if (me.data === null) return IN_TEAMS ? <NoRole /> : <SignInHelp reason="need" />;
  if (me.error && IN_TEAMS) return <NoEntry error={me.error} onAgain={() => me.refetch()} />;
  if (me.isError) {
    return (
      <Notice title={t('app.noAnswer')}>
        <Button appearance="primary" onClick={() => me.refetch()}>
          {t('app.again')}
        </Button>
      </Notice>
    );
  }
  return (
    <Notice>
      <Spinner />
    </Notice>
  );
}
