import { makeStyles } from '@fluentui/react-components';
import { useQueries } from '@tanstack/react-query';
import { Fragment, useEffect, useEffectEvent } from 'react';
import { createPortal } from 'react-dom';
import type { CaseDetail } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { caseQuery } from '../queries.ts';

const useStyles = makeStyles({
  sheet: { display: 'none', '@media print': { display: 'block', color: '#000', fontFamily: 'sans-serif', fontSize: '11pt' } },
  case: { breakAfter: 'page', ':last-child': { breakAfter: 'auto' } },
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: '12pt', rowGap: '2pt', margin: '8pt 0' },
  value: { margin: 0, overflowWrap: 'anywhere' },
  said: { breakInside: 'avoid', margin: '8pt 0' },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: '2pt 0 0' },
});

/** Prints cases, each on paper of its own; then it is gone. */
export function PrintCases({ ids, onDone }: { readonly ids: readonly string[]; readonly onDone: () => void }) {
  const styles = useStyles();
  const asked = useQueries({ queries: ids.map((id) => caseQuery(id)) });
  const answered = asked.every(({ isPending }) => !isPending);
  const details = asked.flatMap(({ data }) => data ?? []);
  const done = useEffectEvent(onDone);
  useEffect(() => {
    if (!answered) return;
    const over = () => done();
    window.addEventListener('afterprint', over);
    window.print();
    return () => window.removeEventListener('afterprint', over);
  }, [answered]);
  if (!answered) return null;
  return createPortal(
    <div className={styles.sheet} data-print-sheet>
      {details.map((detail) => (
        <Printed key={detail.id} detail={detail} />
      ))}
    </div>,
    document.body,
  );
}

function Printed({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const moment = (iso: string) => new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const facts: readonly (readonly [string, string])[] = [
    [t('print.requester'), [names.requester(detail), detail.requesterAddress].filter(Boolean).join(', ')],
    [t('filter.product'), `${names.product(detail.product)} · ${t(`kind.${detail.kind}`)}`],
    [t('filter.team'), [names.team(detail.team), detail.worker?.name].filter(Boolean).join(', ')],
    [t('filter.state'), t(`state.${detail.state}`)],
    [t('print.opened'), moment(detail.openedAt)],
    ...(detail.due ? ([[t('filter.due'), moment(detail.due)]] as const) : []),
    ...detail.fields.map(({ label, value }) => [label[language], value] as const),
  ];
  return (
    <article className={styles.case}>
      <h1>
        {detail.reference} · {detail.title}
      </h1>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd className={styles.value}>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {detail.messages.map(({ id, name, at, text }) => (
        <section key={id} className={styles.said}>
          <strong>{name}</strong>, {moment(at)}
          <p className={styles.text}>{text}</p>
        </section>
      ))}
      {detail.notes.map(({ id, author, at, text }) => (
        <section key={id} className={styles.said}>
          <strong>{t('print.note', { name: author })}</strong>, {moment(at)}
          <p className={styles.text}>{text}</p>
        </section>
      ))}
    </article>
  );
}
