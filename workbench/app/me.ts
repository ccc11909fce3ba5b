import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { CaseRow, Me } from '../protocol.ts';
import { useSpeech } from './language.tsx';
import { meQuery } from './queries.ts';

/** Who is signed in, for everything behind the sign-in. */
export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe is for what is shown behind the sign-in');
  return me;
}

/** Names for the ids that cases carry, in the reader's language. An id without a name is shown as it is. */
export function useNames(): {
  readonly team: (id: string) => string;
  readonly product: (id: string | null) => string;
  readonly requester: (row: Pick<CaseRow, 'requester'>) => string;
} {
  const { language, t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  return {
    // Somebody who never said their name is still somebody.
    requester: (row) => row.requester || t('facts.nameless'),
    team: (id) => me?.allTeams.find((team) => team.id === id)?.name[language] ?? id,
    product: (id) => (id === null ? t('list.noProduct') : (me?.products.find((product) => product.id === id)?.name[language] ?? id)),
  };
}
