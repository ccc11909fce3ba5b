import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { api } from '../api.ts';
import { recallInTab, rememberInTab } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { type Shape, WHOLE } from '../list/shape.ts';
import { useMe, useNames } from '../me.ts';
import { caseQuery, refreshLists } from '../queries.ts';
import { parseView, teamOf, teamView, type View } from '../router.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { navigate, useRoute } from '../use-route.tsx';
import type { Frame } from './frame-state.tsx';

const LAST = 'loket-view';

/** Keeps which list one works from while a case is open, also over a reload. */
export function useFrameState(): Frame {
  const me = useMe();
  const route = useRoute();
  const { t } = useSpeech();
  const names = useNames();
  const tell = useTell();
  const failed = useFailure();
  const client = useQueryClient();
  const [view, setView] = useState<View>(() => firstView(me.teams));
  const [shapes, setShapes] = useState<Readonly<Partial<Record<View, Shape>>>>({});

  const shown = route.page === 'queue' ? route.view : view;
  if (shown !== view) {
    setView(shown);
    rememberInTab(LAST, shown);
  }
  const nextTeam = teamOf(shown) ?? me.teams[0] ?? null;

  const next = useMutation({
    mutationFn: (team: string) => api.next(team),
    onSuccess: (detail, team) => {
      refreshLists(client);
      if (!detail) return tell(t('list.none', { team: names.team(team) }), 'info');
      client.setQueryData(caseQuery(detail.id).queryKey, detail);
      navigate({ page: 'case', id: detail.id });
      tell(t('did.claim', { ref: detail.reference }));
    },
    onError: failed,
  });
  const { mutate, isPending } = next;
  const takeNext = useCallback(() => {
    if (nextTeam !== null && !isPending) mutate(nextTeam);
  }, [nextTeam, isPending, mutate]);
  const setShape = useCallback(
    (shape: Partial<Shape>) => setShapes((before) => ({ ...before, [shown]: { ...(before[shown] ?? WHOLE), ...shape } })),
    [shown],
  );
  const show = useCallback((list: View, shape: Shape) => {
    setShapes((before) => ({ ...before, [list]: shape }));
    navigate({ page: 'queue', view: list });
  }, []);

  return useMemo(
    () => ({ view: shown, shape: shapes[shown] ?? WHOLE, setShape, show, takeNext, taking: isPending, nextTeam }),
    [shown, shapes, setShape, show, takeNext, isPending, nextTeam],
  );
}

function firstView(teams: readonly string[]): View {
  const last = parseView(recallInTab(LAST) ?? '');
  const team = last === null ? null : teamOf(last);
  // Somebody else may have used this tab, with other teams.
  if (last !== null && (team === null || teams.includes(team))) return last;
  return teams[0] === undefined ? 'mine' : teamView(teams[0]);
}
