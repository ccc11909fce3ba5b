import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CaseDetail, Held } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { caseQuery } from '../queries.ts';
import { SECOND_MS, useSecondsUntil } from '../use-seconds.ts';
import { useUndo } from './use-undo.ts';

const useStyles = makeStyles({
  bar: {
    flexShrink: 0,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1, flexBasis: '200px' },
  said: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
});

/** What goes out in a moment, and how to take it back until then. */
export function HeldBar({ detail, held }: { readonly detail: CaseDetail; readonly held: Held }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const { undo, busy } = useUndo(detail.id);
  const seconds = useSecondsUntil(held.until);
  useOnceOver(detail.id, seconds === 0);
  const act = t(`do.${held.action}`);
  return (
    <section className={styles.bar} aria-label={t('undo.now')}>
      <span className={styles.words}>
        <Text weight="semibold">
          {seconds > 0 ? t('undo.soon', { act, seconds: String(seconds) }) : t('undo.now.soon', { act })}
          {!held.mine && ` · ${t('undo.by', { name: held.by })}`}
        </Text>
        {held.text !== null && (
          <Text size={200} className={styles.said}>
            {held.text}
          </Text>
        )}
      </span>
      {held.mine && (
        <Button icon={<ArrowUndoRegular />} disabledFocusable={busy} onClick={() => void undo(held)}>
          {t('undo.now')}
        </Button>
      )}
    </section>
  );
}

/** Looks how the case stands, until what was held has happened. */
function useOnceOver(id: string, over: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!over) return;
    const look = () => void client.invalidateQueries({ queryKey: caseQuery(id).queryKey });
    const timer = window.setInterval(look, SECOND_MS);
    return () => window.clearInterval(timer);
  }, [client, id, over]);
}
