import { Button, makeStyles, mergeClasses, Spinner, Subtitle2, Text, Title3, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useQuery } from '@tanstack/react-query';
import type { OwnMessage } from '../../my-protocol.ts';
import { ApiError } from '../api-error.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { NoEntry } from '../teams/no-entry.tsx';
import { moment } from '../time-left.ts';
import { myApi } from './api.ts';
import { askAbout } from './chat.tsx';
import { goTo } from './routes.ts';
import { Steps } from './state.tsx';

const REFRESH = 20_000;

const useStyles = makeStyles({
  page: {
    maxWidth: '760px',
    margin: '0 auto',
    padding: tokens.spacingHorizontalM,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
  },
  soft: { color: tokens.colorNeutralForeground2 },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    width: '100%',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  message: { display: 'flex', flexDirection: 'column', gap: '2px', maxWidth: 'min(85%, 560px)', alignSelf: 'flex-start' },
  mine: { alignSelf: 'flex-end', alignItems: 'flex-end' },
  bubble: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  mineBubble: { backgroundColor: tokens.colorBrandBackground2, border: `1px solid ${tokens.colorTransparentStroke}` },
});

/** One of one's own cases: how far it is, and what was said. */
export function MyCase({ reference }: { readonly reference: string }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const { data, error, refetch } = useQuery({
    queryKey: ['my-case', reference],
    queryFn: () => myApi.case(reference),
    refetchInterval: REFRESH,
    // Something may have been said in the chat beside it.
    refetchOnMount: 'always',
  });
  const at = (text: string) => moment(new Date(text), now, language);
  const back = (
    <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => goTo({ page: 'cases' })}>
      {t('my.back')}
    </Button>
  );
  if (error instanceof ApiError && error.status === 404)
    return (
      <div className={styles.page}>
        {back}
        <Text>{t('my.notYours')}</Text>
      </div>
    );
  if (error && !data) return <NoEntry error={error} onAgain={() => refetch()} />;
  if (!data) return <Spinner />;
  return (
    <article className={styles.page}>
      {back}
      <Title3 as="h1">{data.title}</Title3>
      <Text className={styles.soft}>
        {data.reference} · {t('my.since', { at: at(data.openedAt) })}
        {data.due !== null && ` · ${t('my.due', { at: at(data.due) })}`}
      </Text>
      <Steps row={data} />
      <Subtitle2 as="h2">{t('my.youAsked')}</Subtitle2>
      <Text className={styles.text}>{data.text}</Text>
      <Subtitle2 as="h2">{t('my.talk')}</Subtitle2>
      <ol className={styles.list}>
        {data.messages.map((message) => (
          <Message key={message.id} message={message} at={at(message.at)} />
        ))}
      </ol>
      <Button appearance="primary" onClick={() => askAbout(`${data.reference}: `)}>
        {t('my.add')}
      </Button>
    </article>
  );
}

function Message({ message, at }: { readonly message: OwnMessage; readonly at: string }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const mine = message.from === 'me';
  const name = mine ? t('my.you') : (message.name ?? t('talk.desk'));
  return (
    <li className={mergeClasses(styles.message, mine && styles.mine)}>
      <Text size={200} className={styles.soft}>
        {name} · <time dateTime={message.at}>{at}</time>
      </Text>
      <div className={mergeClasses(styles.bubble, mine && styles.mineBubble)}>{message.text}</div>
    </li>
  );
}
