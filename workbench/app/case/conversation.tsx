import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { useEffect, useRef } from 'react';
import type { CaseDetail, CaseMessage, Note } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { NOTE } from '../colours.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { moment } from '../time-left.ts';
import { Attachments } from './attachments.tsx';
import { Definitions } from './definitions.tsx';
import { HandlerRun } from './handler-runs.tsx';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    listStyleType: 'none',
  },
  message: { display: 'flex', flexDirection: 'column', gap: '2px', maxWidth: 'min(85%, 640px)', alignSelf: 'flex-start' },
  ours: { alignSelf: 'flex-end', alignItems: 'flex-end' },
  meta: { color: tokens.colorNeutralForeground2, display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  bubble: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  worker: { backgroundColor: tokens.colorBrandBackground2 },
  desk: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}` },
  note: { alignSelf: 'stretch', maxWidth: 'none', alignItems: 'stretch' },
  noteBubble: { backgroundColor: NOTE.background, border: `1px dashed ${NOTE.border}` },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  talking: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
  },
  empty: { color: tokens.colorNeutralForeground2 },
  card: {
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
});

type Line =
  | { readonly at: string; readonly id: string; readonly message: CaseMessage }
  | { readonly at: string; readonly id: string; readonly note: Note };

/** Everything said about the case in order: with the requester, and the notes that stay inside. */
export function Conversation({ detail }: { readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const names = useNames();
  const end = useRef<HTMLDivElement>(null);
  const lines: Line[] = [
    ...detail.messages.map((message) => ({ at: message.at, id: message.id, message })),
    ...detail.notes.map((note) => ({ at: note.at, id: note.id, note })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  // The question may have come before the case: then it is in none of its messages.
  const said = detail.messages.some((message) => message.from === 'requester' && message.text.trim() === detail.text.trim());
  // Where all was said by one channel the facts name it.
  const several = new Set(detail.messages.map(({ channel }) => channel)).size > 1;
  const count = lines.length;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  const me = useMe();
  const { talking } = detail;
  const who = { name: names.requester(detail), holder: talking?.name ?? '' };
  return (
    <div>
      {talking && (
        <p className={styles.talking} role="status">
          {t(talking.id === me.id ? 'talk.mine' : 'talk.theirs', who)}
        </p>
      )}
      <ol className={styles.list} aria-label={t('talk.label', { name: names.requester(detail) })} aria-live="polite">
        {detail.summary && (
          <li className={styles.card}>
            <Text size={200} className={styles.empty}>
              {t('case.summary', { model: detail.summary.model })}
            </Text>
            <Text className={styles.text}>{detail.summary.text}</Text>
          </li>
        )}
        {detail.runs.map((run, i) => (
          <li key={i} className={styles.card}>
            <HandlerRun run={run} />
          </li>
        ))}
        {(!said || detail.fields.length > 0) && (
          <li className={styles.card}>
            {!said && <Text className={styles.text}>{detail.text}</Text>}
            {detail.fields.length > 0 && (
              <Definitions lines={detail.fields.map((field) => ({ label: field.label[language], value: field.value }))} />
            )}
          </li>
        )}
        {lines.map((line) =>
          'note' in line ? (
            <NoteLine key={line.id} note={line.note} detail={detail} />
          ) : (
            <MessageLine key={line.id} message={line.message} caseId={detail.id} named={several} />
          ),
        )}
        {count === 0 && <li className={styles.empty}>{t('talk.empty')}</li>}
      </ol>
      <div ref={end} />
    </div>
  );
}

interface MessageLineProps {
  readonly message: CaseMessage;
  readonly caseId: string;
  /** Its channel is named. */
  readonly named: boolean;
}

function MessageLine({ message, caseId, named }: MessageLineProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const ours = message.from !== 'requester';
  const name = message.from === 'desk' ? t('talk.desk') : message.name || t('facts.nameless');
  const choices = message.reply?.ask?.kind === 'choices' ? message.reply.ask.choices : [];
  return (
    <li className={mergeClasses(styles.message, ours && styles.ours)}>
      <Meta name={named ? `${name} · ${t(`channel.${message.channel}`)}` : name} at={message.at} />
      <div className={mergeClasses(styles.bubble, message.from === 'worker' && styles.worker, message.from === 'desk' && styles.desk)}>
        {message.text}
      </div>
      <Attachments caseId={caseId} files={message.attachments} />
      {message.changed && (
        <Text size={200} className={styles.meta}>
          {t(message.changed === 'edited' ? 'talk.edited' : 'talk.deleted')}
        </Text>
      )}
      {choices.length > 0 && (
        <Text size={200} className={styles.meta}>
          {t('talk.offered')}: {choices.map((choice) => choice.label).join(' · ')}
        </Text>
      )}
    </li>
  );
}

function NoteLine({ note, detail }: { readonly note: Note; readonly detail: CaseDetail }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const author = note.author || (detail.runs.find(({ handler }) => handler === note.handler)?.name[language] ?? note.handler ?? '');
  return (
    <li className={mergeClasses(styles.message, styles.note)}>
      <Meta name={`${t('talk.note')} · ${author}`} at={note.at} inside />
      <div className={mergeClasses(styles.bubble, styles.noteBubble)}>
        {note.text}
        <Attachments caseId={detail.id} files={note.attachments} />
      </div>
    </li>
  );
}

function Meta({ name, at, inside = false }: { readonly name: string; readonly at: string; readonly inside?: boolean }) {
  const styles = useStyles();
  const { language } = useSpeech();
  const now = useNow();
  return (
    <Text size={200} className={styles.meta}>
      {inside && <LockClosedRegular aria-hidden />}
      <span>
        {name} · <time dateTime={at}>{moment(new Date(at), now, language)}</time>
      </span>
    </Text>
  );
}
