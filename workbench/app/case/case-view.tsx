import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { restoreDraft } from '../drafts.ts';
import { useSpeech } from '../language.tsx';
import { useMe } from '../me.ts';
import { IDS } from '../shell/frame-state.tsx';
import type { Command } from '../shortcuts.ts';
import { useTell } from '../toast.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { CaseHeader } from './case-header.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { Earlier } from './earlier.tsx';
import { Facts } from './facts.tsx';
import { HeldBar } from './held-bar.tsx';
import { History } from './history.tsx';
import { Merged } from './merged.tsx';
import { holderOf, MODES, type Mode, modesOf } from './modes.ts';
import { Others } from './others.tsx';
import { Parts } from './parts.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { Sends } from './sends.tsx';
import { Similar } from './similar.tsx';
import { useAct } from './use-act.ts';
import { useBeingHere } from './use-presence.ts';
import { WhyThis } from './why-this.tsx';

const WaitDialog = lazy(() => import('./wait-dialog.tsx'));
const DelayDialog = lazy(() => import('./delay-dialog.tsx'));
const PriorityDialog = lazy(() => import('./priority-dialog.tsx'));
const DeclareDialog = lazy(() => import('./declare-dialog.tsx'));
const LinkDialog = lazy(() => import('./link-dialog.tsx'));
const SplitDialog = lazy(() => import('./split-dialog.tsx'));
const MoveDialog = lazy(() => import('./move-dialog.tsx'));

/** Actions that ask something first. */
const ASKED = ['wait', 'move', 'split', 'delay', 'prioritise', 'declare', 'link'] as const;
type Asked = (typeof ASKED)[number];

const TABS = ['talk', 'facts', 'why', 'history', 'earlier'] as const;
type TabName = (typeof TABS)[number];

const useStyles = makeStyles({
  case: { flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column', backgroundColor: tokens.colorNeutralBackground1 },
  tabs: {
    flexShrink: 0,
    overflowX: 'auto',
    scrollbarWidth: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: tokens.spacingHorizontalS,
  },
  body: { flexGrow: 1, minHeight: 0, overflowY: 'auto', position: 'relative' },
});

/** One case: what it is, what may be done, and what is known of it. */
export default function CaseView({ detail, phone }: { readonly detail: CaseDetail; readonly phone: boolean }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const tell = useTell();
  const me = useMe();
  const { act, busy } = useAct(detail);
  const [tab, setTab] = useState<TabName>('talk');
  const [wished, setWished] = useState<Mode | null>(null);
  const [dialog, setDialog] = useState<Asked | null>(null);
  const typed = useBeingHere(detail.id);
  const modes = modesOf(detail);
  // On one's own case the field stands ready; elsewhere writing is asked for.
  const talks = detail.actions.includes('hand-back');
  const ready = talks ? 'chat' : detail.worker?.id === me.id ? 'reply' : null;
  const open = !phone && ready !== null && modes.includes(ready);
  const mode = wished !== null && modes.includes(wished) ? wished : open ? ready : null;
  const holder = mode === 'chat' ? holderOf(detail, me.id) : null;
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    document.title = `${detail.reference} · ${t('app.name')}`;
  }, [detail.reference, t]);
  useEffect(() => {
    document.getElementById(IDS.heading)?.focus({ preventScroll: true });
  }, []);

  const write = (chosen: Mode) => {
    setWished(chosen);
    setAsked((before) => before + 1);
  };
  // Where one is writing to the requester already, the answer goes there.
  const answerIn = mode !== null && mode !== 'note' ? mode : modes.find((known) => known === 'reply' || known === 'chat');
  const takeAnswer = (into: Mode) => (text: string) => {
    restoreDraft(detail.id, into, text);
    write(into);
  };
  const run = (action: CaseDetail['actions'][number]) => {
    const chosen = MODES.find((known) => known === action);
    if (chosen) write(chosen);
    else if (isAsked(action)) setDialog(action);
    else if (isPlain(action)) {
      void act({ action }).then(() => {
        // The button that was pressed may be gone, and the focus with it.
        if (document.activeElement === document.body) document.getElementById(IDS.heading)?.focus({ preventScroll: true });
      });
    }
  };
  useShortcuts((command) => {
    const action = ACTION_OF[command];
    if (!action) return false;
    if (detail.actions.includes(action)) run(action);
    else tell(t(detail.actions.includes('claim') ? 'cannot.claimFirst' : 'cannot.now'), 'info');
    return true;
  });

  const tabId = (name: TabName) => `loket-tab-${name}`;
  return (
    <article className={styles.case} aria-labelledby={IDS.heading}>
      <CaseHeader detail={detail} phone={phone} busy={busy} writing={mode !== null} onAction={run} />
      <Parts detail={detail} />
      <Merged detail={detail} />
      <Others id={detail.id} />
      <div className={styles.tabs}>
        <TabList
          selectedValue={tab}
          onTabSelect={(_, data) => setTab(TABS.find((name) => name === data.value) ?? 'talk')}
          size={phone ? 'small' : 'medium'}
        >
          {TABS.map((name) => (
            <Tab key={name} id={tabId(name)} value={name}>
              {t(`tab.${name}`)}
              {name === 'earlier' && detail.earlier.length > 0 && ` (${detail.earlier.length})`}
            </Tab>
          ))}
        </TabList>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div key={tab} className={styles.body} role="tabpanel" tabIndex={0} aria-labelledby={tabId(tab)}>
        {tab === 'talk' && <Conversation detail={detail} />}
        {tab === 'facts' && <Facts detail={detail} />}
        {tab === 'why' && <WhyThis detail={detail} onMove={detail.actions.includes('move') ? () => setDialog('move') : null} />}
        {tab === 'history' && (
          <>
            <History detail={detail} />
            <Sends detail={detail} />
          </>
        )}
        {tab === 'earlier' && (
          <>
            <Similar detail={detail} onTake={answerIn ? takeAnswer(answerIn) : null} />
            <Earlier detail={detail} />
          </>
        )}
      </div>
      {detail.held && <HeldBar key={detail.held.since} detail={detail} held={detail.held} />}
      {mode !== null && (
        <Composer
          key={mode}
          detail={detail}
          mode={mode}
          modes={modes}
          holder={holder}
          busy={busy}
          phone={phone}
          asked={asked}
          onMode={write}
          onType={typed}
          onClose={open ? null : () => setWished(null)}
          onSend={async (text, attachments) => {
            const done = await act({
              action: mode,
              text,
              ...(attachments.length > 0 ? { attachments } : {}),
              ...(holder ? { from: holder.id } : {}),
            });
            if (done && !open && mode !== 'chat') setWished(null);
            if (done) setTab('talk');
            return done;
          }}
        />
      )}
      {phone && mode === null && <PhoneBar detail={detail} busy={busy} onAction={run} />}
      <Suspense>
        {dialog === 'wait' && <WaitDialog detail={detail} act={act} busy={busy} onClose={() => setDialog(null)} />}
        {dialog === 'delay' && <DelayDialog detail={detail} act={act} busy={busy} onClose={() => setDialog(null)} />}
        {dialog === 'prioritise' && <PriorityDialog detail={detail} act={act} busy={busy} onClose={() => setDialog(null)} />}
        {dialog === 'declare' && <DeclareDialog detail={detail} act={act} busy={busy} onClose={() => setDialog(null)} />}
        {dialog === 'link' && <LinkDialog detail={detail} act={act} busy={busy} onClose={() => setDialog(null)} />}
        {dialog === 'split' && <SplitDialog detail={detail} act={act} busy={busy} onClose={() => setDialog(null)} />}
        {dialog === 'move' && <MoveDialog detail={detail} act={act} busy={busy} onClose={() => setDialog(null)} />}
      </Suspense>
    </article>
  );
}

/** Actions that are done at once. */
const PLAIN = ['claim', 'release', 'resume', 'unlink', 'hand-back', 'to-handler', 'by-hand'] as const;

function isPlain(action: string): action is (typeof PLAIN)[number] {
  return PLAIN.some((known) => known === action);
}

function isAsked(action: string): action is Asked {
  return ASKED.some((known) => known === action);
}

const ACTION_OF: Partial<Record<Command, CaseDetail['actions'][number]>> = {
  claim: 'claim',
  reply: 'reply',
  ask: 'ask',
  note: 'note',
  ready: 'ready',
};
