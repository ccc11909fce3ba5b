import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PresentList } from '../../protocol.ts';
import { api } from '../api.ts';
import { useMe } from '../me.ts';
import { presenceQuery } from '../queries.ts';

const EVERY_MS = 20_000;
/** Who pauses for so long is thinking. */
const PAUSE_MS = 6_000;

type Doing = 'looks' | 'types' | 'left';

/** Lets colleagues know that one looks at a case, or writes on it. @returns what to call when something is typed */
export function useBeingHere(id: string): () => void {
  const [types, setTypes] = useState(false);
  const pause = useRef<number | undefined>(undefined);
  useEffect(() => {
    // Nothing depends on it: when it is not heard, the next one is.
    const tell = (doing: Doing) => void api.here(id, doing).catch(() => {});
    const now = () => tell(document.visibilityState === 'hidden' ? 'left' : types ? 'types' : 'looks');
    now();
    const timer = window.setInterval(() => document.visibilityState !== 'hidden' && now(), EVERY_MS);
    document.addEventListener('visibilitychange', now);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', now);
    };
  }, [id, types]);
  useEffect(
    () => () => {
      window.clearTimeout(pause.current);
      void api.here(id, 'left').catch(() => {});
    },
    [id],
  );
  return useCallback(() => {
    setTypes(true);
    window.clearTimeout(pause.current);
    pause.current = window.setTimeout(() => setTypes(false), PAUSE_MS);
  }, []);
}

/** The colleagues who are at a case now, by case. */
export function useOthers(): ReadonlyMap<string, PresentList['present']> {
  const me = useMe();
  const { data } = useQuery(presenceQuery);
  return Map.groupBy(data?.present.filter(({ person }) => person !== me.id) ?? [], (one) => one.case);
}
