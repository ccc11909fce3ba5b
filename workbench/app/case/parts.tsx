import { Badge, Button, Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import type { PartView } from '../../protocol-parts.ts';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { caseQuery, partsQuery, refreshLists } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { Link } from '../use-route.tsx';
import { useBandStyles } from './band-styles.ts';
import { STATE_COLOURS } from './state-colours.ts';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, minHeight: '28px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** How it stands with the parts of a case, on the whole and on each part. Who works on the whole chooses here what is done again. */
export function Parts({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const band = useBandStyles();
  const { t, language } = useSpeech();
  const tell = useTell();
  const client = useQueryClient();
  const failed = useFailure(detail.id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { data } = useQuery({ ...partsQuery(detail.id), enabled: detail.divided || detail.partOf !== null });
  const reopen = useMutation({
    mutationFn: (parts: readonly string[]) => api.reopenParts(detail.id, { parts }),
    onSuccess: (after) => {
      setChosen(new Set());
      client.setQueryData(partsQuery(detail.id).queryKey, after);
      void client.invalidateQueries({ queryKey: caseQuery(detail.id).queryKey });
      refreshLists(client);
      tell(t('parts.reopened'));
    },
    onError: failed,
  });
  if (!data) return null;
  const { whole, parts, mayReopen } = data;
  const choose = (id: string, on: boolean): void => {
    setChosen((before) => (on ? new Set([...before, id]) : new Set([...before].filter((other) => other !== id))));
  };
  return (
    <section className={band.all} aria-label={t('parts.title')}>
      <Text size={200} weight="semibold" block>
        {detail.divided ? t('parts.title') : t('parts.partOf', { ref: whole.reference })}
      </Text>
      {!detail.divided && <PartLine part={whole} named={whole.title[language]} />}
      <ul className={band.list}>
        {parts.map((part) => (
          <li key={part.id}>
            {mayReopen && part.done && part.state !== 'withdrawn' ? (
              <span className={styles.line}>
                <Checkbox
                  label={t('parts.again', { title: part.title[language] })}
                  checked={chosen.has(part.id)}
                  onChange={(_, { checked }) => choose(part.id, checked === true)}
                />
                <PartLine part={part} named={null} />
              </span>
            ) : (
              <PartLine part={part} named={part.title[language]} here={part.id === detail.id} />
            )}
          </li>
        ))}
      </ul>
      {chosen.size > 0 && (
        <Button appearance="primary" disabled={reopen.isPending} onClick={() => reopen.mutate([...chosen])}>
          {t('parts.reopen')}
        </Button>
      )}
    </section>
  );
}

/** @param named null: its title is said already */
function PartLine({ part, named, here = false }: { readonly part: PartView; readonly named: string | null; readonly here?: boolean }) {
  const styles = useStyles();
  const band = useBandStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const waits = part.waitsFor.map((title) => title[language]).join(', ');
  return (
    <span className={styles.line}>
      {named && <Text weight={here ? 'semibold' : 'regular'}>{named}</Text>}
      {part.readable && !here ? (
        <Link to={{ page: 'case', id: part.id }} className={band.link}>
          {part.reference}
        </Link>
      ) : (
        <span className={styles.quiet}>{part.reference}</span>
      )}
      <Badge appearance="tint" color={STATE_COLOURS[part.state]}>
        {waits ? t('parts.waitsFor', { titles: waits }) : t(`state.${part.state}`)}
      </Badge>
      <Text size={200} className={styles.quiet}>
        {names.team(part.team)}
        {part.worker && ` · ${part.worker.name}`}
      </Text>
    </span>
  );
}
