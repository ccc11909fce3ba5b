import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import type { BulkOutcome } from '../../protocol.ts';
import { PRESSING } from '../colours.ts';
import { useSpeech } from '../language.tsx';
import { isTextKey } from '../texts.ts';
import { Link } from '../use-route.tsx';
import { useSecondsUntil } from '../use-seconds.ts';
import { BOTTOM_BAR } from './bottom-bar.ts';
import { type Lot, undoUntil } from './use-bulk.ts';

const useStyles = makeStyles({
  box: { ...BOTTOM_BAR, gap: tokens.spacingVerticalXS },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  said: { flexGrow: 1 },
  each: { margin: 0, padding: 0, listStyleType: 'none', maxHeight: '30vh', overflowY: 'auto' },
  link: { color: tokens.colorBrandForegroundLink, fontFamily: tokens.fontFamilyMonospace },
  not: { color: PRESSING.late },
  touch: { '@media (pointer: coarse)': { minHeight: '44px' } },
});

interface BulkOutcomesProps {
  readonly lot: Lot;
  readonly busy: boolean;
  readonly onUndo: () => Promise<void>;
  readonly onClose: () => void;
}

/** What became of each case, those that it was not done with first; and how to take the lot back as long as that goes. */
export function BulkOutcomes({ lot, busy, onUndo, onClose }: BulkOutcomesProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const [until] = useState(() => undoUntil(lot, new Date()));
  const said = useWhy();
  const not = lot.results.filter(({ done }) => !done);
  const done = lot.results.length - not.length;
  const reasons = new Set(not.map(said));
  const summary = [
    t(lot.action === 'undo' ? 'bulk.undone' : 'bulk.done', { n: done }),
    ...(not.length > 0 ? [`${t('bulk.not', { n: not.length })}${reasons.size === 1 ? `: ${[...reasons][0]}` : ''}`] : []),
  ];
  return (
    <section className={styles.box} aria-label={t('bulk.label')}>
      <div className={styles.line}>
        <Text role="status" weight="semibold" className={styles.said}>
          {summary.join(', ')}
        </Text>
        {until !== null && lot.action !== 'undo' && <Undo until={until} claim={lot.action === 'claim'} busy={busy} onUndo={onUndo} />}
        <Button
          size="small"
          appearance="subtle"
          className={styles.touch}
          icon={<DismissRegular />}
          aria-label={t('app.close')}
          onClick={onClose}
        />
      </div>
      <details open={not.length > 0}>
        <summary>{t('bulk.show')}</summary>
        <ul className={styles.each}>
          {[...not, ...lot.results.filter((one) => one.done)].map((one) => (
            <li key={one.id}>
              <Link to={{ page: 'case', id: one.id }} className={styles.link}>
                {one.reference || '–'}
              </Link>{' '}
              {one.title} · {one.done ? t('bulk.line.done') : <span className={styles.not}>{said(one)}</span>}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Undo({
  until,
  claim,
  busy,
  onUndo,
}: Pick<BulkOutcomesProps, 'busy' | 'onUndo'> & { readonly until: string; readonly claim: boolean }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const seconds = useSecondsUntil(until);
  if (seconds === 0) return null;
  return (
    <Button size="small" className={styles.touch} icon={<ArrowUndoRegular />} disabledFocusable={busy} onClick={() => void onUndo()}>
      {claim ? t('bulk.undoClaim') : t('bulk.undo', { seconds })}
    </Button>
  );
}

/** Why a case was left as it is. */
function useWhy(): (one: BulkOutcome) => string {
  const { t } = useSpeech();
  return (one) => {
    if (one.done) return '';
    if (one.by !== null) return t('bulk.by', { name: one.by });
    const key = `bulk.why.${one.code}`;
    return t(isTextKey(key) ? key : 'bulk.why.other');
  };
}
