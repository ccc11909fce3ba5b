import { Field, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { useState } from 'react';
import type { BulkAction } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { NOTE } from '../colours.ts';
import { useSpeech } from '../language.tsx';
import { useMe } from '../me.ts';

const useStyles = makeStyles({
  inside: { borderTop: `3px dashed ${NOTE.border}`, backgroundColor: NOTE.background },
  outside: { borderTop: `3px solid ${tokens.colorBrandStroke1}` },
  area: { minHeight: '120px', maxHeight: '40vh' },
});

/** What is done with several cases and needs a word more. */
export type Worded = Exclude<BulkAction['action'], 'claim' | 'release'>;

interface BulkDialogProps {
  readonly action: Worded;
  readonly count: number;
  readonly busy: boolean;
  readonly onAct: (action: BulkAction) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for the text, or the team. What goes to requesters and what stays inside look different, as on a case. */
export function BulkDialog({ action, count, busy, onAct, onClose }: BulkDialogProps) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const { allTeams } = useMe();
  const [text, setText] = useState('');
  const [team, setTeam] = useState('');
  const note = action === 'note';
  const ready = action === 'move' ? team !== '' : text.trim() !== '';
  const go = () => {
    if (!ready || busy) return;
    void onAct(action === 'move' ? { action, team } : { action, text: text.trim() });
  };
  return (
    <AskDialog
      title={t(`bulk.title.${action}`, { n: count })}
      go={t(`bulk.go.${action}`, { n: count })}
      barred={!ready || busy}
      onGo={go}
      onClose={onClose}
      byEnter
      quiet={note}
      icon={note ? <LockClosedRegular /> : <SendRegular />}
      surface={note ? styles.inside : action === 'move' ? undefined : styles.outside}
    >
      {action === 'move' ? (
        <Field label={t('bulk.team')}>
          <Select autoFocus value={team} onChange={(_, data) => setTeam(data.value)}>
            <option value="" disabled hidden />
            {allTeams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name[language]}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <Field label={t('bulk.text')} hint={t(note ? 'bulk.textInside' : 'bulk.textHint')}>
          <Textarea
            autoFocus
            value={text}
            maxLength={8000}
            textarea={{ className: styles.area }}
            onChange={(_, data) => setText(data.value)}
            onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && go()}
          />
        </Field>
      )}
    </AskDialog>
  );
}
