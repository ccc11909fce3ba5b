import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { caseMailsQuery } from '../queries.ts';
import { SendLine } from '../send-line.tsx';
import { Block } from './block.tsx';

const useStyles = makeStyles({
  room: { padding: tokens.spacingHorizontalL, paddingTop: 0 },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    width: '100%',
  },
});

/** What was sent about a case, each attempt in the words of who took or refused it; the newest first. */
export function Sends({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const sends = useQuery(caseMailsQuery(detail.id)).data?.sends ?? [];
  if (sends.length === 0) return null;
  return (
    <div className={styles.room}>
      <Block title={t('sends.title')}>
        <ul className={styles.list}>
          {sends.toReversed().map((send) => (
            <li key={send.id}>
              <SendLine send={send} />
            </li>
          ))}
        </ul>
      </Block>
    </div>
  );
}
