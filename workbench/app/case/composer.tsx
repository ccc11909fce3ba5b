import { Button, makeStyles, mergeClasses, Tab, TabList, Text, Textarea, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { api } from '../api.ts';
import { NOTE } from '../colours.ts';
import { onRestored, readDraft, writeDraft } from '../drafts.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { IDS } from '../shell/frame-state.tsx';
import { useTell } from '../toast.tsx';
import { ACTION_ICONS } from './action-icons.tsx';
import { FileButtons, FileTray } from './file-tray.tsx';
import { firstGap } from './gaps.ts';
import { InsertMenu } from './insert-menu.tsx';
import { MODES, type Mode } from './modes.ts';
import { useSuggested } from './use-suggested.ts';
import { useUploads } from './use-uploads.ts';

const useStyles = makeStyles({
  box: {
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalM}`,
    paddingBottom: `max(${tokens.spacingVerticalM}, env(safe-area-inset-bottom))`,
    borderTop: `3px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  dropping: { outline: `2px dashed ${tokens.colorBrandStroke1}`, outlineOffset: '-6px' },
  inside: { borderTop: `3px dashed ${NOTE.border}`, backgroundColor: NOTE.background },
  top: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    marginLeft: `calc(-1 * ${tokens.spacingHorizontalMNudge})`,
  },
  foot: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  reader: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2 },
  suggested: { color: tokens.colorNeutralForeground2 },
  field: { width: '100%' },
  area: { fieldSizing: 'content', minHeight: '64px', maxHeight: '30vh' },
  phoneSend: { width: '100%', minHeight: '48px' },
});

interface ComposerProps {
  readonly detail: CaseDetail;
  readonly mode: Mode;
  readonly modes: readonly Mode[];
  /** Who has the conversation that a press takes over. */
  readonly holder: { readonly name: string } | null;
  readonly busy: boolean;
  readonly phone: boolean;
  /** How often somebody asked to write, by a key or a button: then the field takes the focus. */
  readonly asked: number;
  readonly onMode: (mode: Mode) => void;
  /** Something was typed. */
  readonly onType: () => void;
  /** Where it isn't always open it can be put away. */
  readonly onClose: (() => void) | null;
  readonly onSend: (text: string, attachments: readonly string[]) => Promise<boolean>;
}

/**
 * Where one writes. What goes to the requester and what stays inside differ in colour, border, mark, words and button,
 * because a note sent by mistake cannot be taken back.
 */
export function Composer({ detail, mode, modes, holder, busy, phone, asked, onMode, onType, onClose, onSend }: ComposerProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const [text, setText] = useState(() => readDraft(detail.id, mode));
  const field = useRef<HTMLTextAreaElement>(null);
  const keep = useCallback((file: File) => api.upload(detail.id, file), [detail.id]);
  const uploads = useUploads(keep);
  const [dropping, setDropping] = useState(false);
  const note = mode === 'note';
  const name = { name: useNames().requester(detail) };
  useEffect(() => {
    if (asked > 0) field.current?.focus();
  }, [asked]);
  useEffect(() => onRestored(() => setText(readDraft(detail.id, mode))), [detail.id, mode]);
  const change = (value: string) => {
    setText(value);
    writeDraft(detail.id, mode, value);
  };
  const [inserting, setInserting] = useState(false);
  const insert = (words: string) => {
    const at = field.current?.selectionEnd ?? text.length;
    change(text.slice(0, at) + words + text.slice(at));
    // The menu gives the focus back to its button; one goes on writing behind what was put in.
    window.setTimeout(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at + words.length, at + words.length);
    });
  };
  const tell = useTell();
  const suggested = useSuggested(detail.id, text);
  const send = async () => {
    if (text.trim() === '' || busy || uploads.busy) return field.current?.focus();
    const gap = firstGap(text);
    if (gap && !note) {
      tell(t('canned.open', { gap: gap.words }), 'warning');
      field.current?.focus();
      return field.current?.setSelectionRange(gap.from, gap.to);
    }
    if (!(await onSend(text.trim(), uploads.ready))) return;
    change('');
    uploads.sent();
  };
  return (
    <section
      className={mergeClasses(styles.box, note && styles.inside, dropping && styles.dropping)}
      aria-label={t('write.label')}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        setDropping(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        uploads.add([...event.dataTransfer.files]);
      }}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return;
        event.preventDefault();
        uploads.add([...event.clipboardData.files]);
      }}
    >
      <div className={styles.top}>
        <TabList
          size="small"
          selectedValue={mode}
          onTabSelect={(_, data) => onMode(MODES.find((known) => known === data.value) ?? mode)}
          aria-label={t('write.label')}
        >
          {modes.map((known) => (
            <Tab key={known} value={known} {...(phone ? {} : { icon: ACTION_ICONS[known] })}>
              {t(known === 'chat' && detail.actions.includes('hand-back') ? 'do.chatting' : `do.${known}`)}
            </Tab>
          ))}
        </TabList>
        {onClose && <Button appearance="subtle" icon={<DismissRegular />} aria-label={t('app.close')} onClick={onClose} />}
      </div>
      <Textarea
        className={styles.field}
        textarea={{ ref: field, className: styles.area }}
        value={text}
        onChange={(_, data) => {
          change(data.value);
          onType();
        }}
        placeholder={t(`write.${mode}`, name)}
        aria-label={t(`write.${mode}`, name)}
        maxLength={8000}
        onKeyDown={(event) => {
          // At the beginning of a line; elsewhere it is a slash.
          if (event.key === '/' && /(?:^|\n)$/.test(text.slice(0, event.currentTarget.selectionStart))) {
            event.preventDefault();
            setInserting(true);
          }
          if (event.key === 'Escape') (onClose ?? (() => document.getElementById(IDS.heading)?.focus()))();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      {suggested && !note && (
        <Text size={200} italic className={styles.suggested}>
          {t('suggest.mark')}
        </Text>
      )}
      <FileTray uploads={uploads} />
      <div className={styles.foot}>
        <Text size={200} className={styles.reader}>
          <FileButtons add={uploads.add} phone={phone} />
          <InsertMenu detail={detail} open={inserting} onOpen={setInserting} onInsert={insert} />
          {note ? <LockClosedRegular aria-hidden /> : <SendRegular aria-hidden />}
          {note ? t('write.inside') : t('write.toRequester', name)}
        </Text>
        <Button
          appearance={note ? 'secondary' : 'primary'}
          className={phone ? styles.phoneSend : undefined}
          icon={note ? <LockClosedRegular /> : <SendRegular />}
          disabledFocusable={busy || uploads.busy || text.trim() === ''}
          onClick={send}
          title={t('write.hint')}
        >
          {holder ? t('send.relieve', { holder: holder.name }) : t(`send.${mode}`, name)}
        </Button>
      </div>
    </section>
  );
}
