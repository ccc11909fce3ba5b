import { MessageBar, MessageBarBody, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useColumns } from '../browser-state.ts';
import { CasePanel } from '../case/case-panel.tsx';
import { useSpeech } from '../language.tsx';
import { CaseList } from '../list/case-list.tsx';
import { NoCase } from '../list/no-case.tsx';
import { useLive } from '../live.ts';
import { useMe } from '../me.ts';
import type { Route } from '../router.ts';
import { UrgentBanner } from '../urgent.tsx';
import { navigate, useRoute } from '../use-route.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { Disruptions } from './disruptions.tsx';
import { FrameContext, IDS, walk } from './frame-state.tsx';
import { Nav, NavDrawer } from './nav.tsx';
import { NotHere } from './not-here.tsx';
import { TopBar } from './top-bar.tsx';
import { useFrameState } from './use-frame-state.ts';

const ApprovalsPage = lazy(() => import('../approvals/approvals-page.tsx'));
const CannedPage = lazy(() => import('../canned/canned-page.tsx'));
const WorkersPage = lazy(() => import('../workers/workers-page.tsx'));
const PeoplePage = lazy(() => import('../admin/people-page.tsx'));
const IntakePage = lazy(() => import('../admin/intake-page.tsx'));
const SystemsPage = lazy(() => import('../admin/systems-page.tsx'));
const SendsPage = lazy(() => import('../admin/sends-page.tsx'));
const LearningPage = lazy(() => import('../admin/learning-page.tsx'));
const AuditPage = lazy(() => import('../admin/audit-page.tsx'));
const RegisterPage = lazy(() => import('../desk/register-page.tsx'));
const CallBacksPage = lazy(() => import('../desk/call-backs-page.tsx'));
const PersonsPage = lazy(() => import('../desk/persons-page.tsx'));
const PersonPage = lazy(() => import('../desk/person-page.tsx'));
const HelpDialog = lazy(() => import('./help-dialog.tsx'));

const useStyles = makeStyles({
  page: { height: '100%', display: 'flex', flexDirection: 'column', backgroundColor: tokens.colorNeutralBackground2 },
  columns: { flexGrow: 1, minHeight: 0, display: 'grid', gridTemplateRows: 'minmax(0, 1fr)', gridTemplateColumns: 'minmax(0, 1fr)' },
  two: { gridTemplateColumns: 'minmax(300px, 360px) minmax(0, 1fr)' },
  three: { gridTemplateColumns: '232px minmax(340px, 400px) minmax(0, 1fr)' },
  wide: { gridColumn: '2 / -1' },
  whole: { gridColumn: '1 / -1' },
  pane: { minHeight: 0, minWidth: 0, display: 'flex', flexDirection: 'column' },
});

/** The three columns: queues, the list, the case. On a tablet two, on a phone one at a time. */
export function Workbench() {
  const styles = useStyles();
  const { t } = useSpeech();
  const me = useMe();
  const route = useRoute();
  const columns = useColumns();
  const up = useLive();
  const frame = useFrameState();
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const openCase = route.page === 'case' ? route.id : null;

  useEffect(() => {
    if (route.page === 'home') navigate({ page: 'queue', view: frame.view }, 'replace');
  }, [route.page, frame.view]);

  useShortcuts((command) => {
    switch (command) {
      case 'next':
        frame.takeNext();
        return true;
      case 'down':
        return walk(1, openCase);
      case 'up':
        return walk(-1, openCase);
      case 'search': {
        const field = document.getElementById(IDS.search);
        field?.focus();
        return field !== null;
      }
      case 'views':
      case 'filter': {
        const button = document.getElementById(IDS[command]);
        button?.click();
        return button !== null;
      }
      case 'register':
        if (me.agent) navigate({ page: 'register' });
        return me.agent;
      case 'help':
        setHelp(true);
        return true;
      default:
        // The rest is for the open case, which listens itself.
        return false;
    }
  });

  const admin = route.page === 'people' || route.page === 'intake' || route.page === 'learning' || route.page === 'systems';
  const agent = route.page === 'register' || route.page === 'call-backs' || route.page === 'persons' || route.page === 'person';
  const logs = route.page === 'sends' || route.page === 'audit';
  const elsewhere =
    admin || agent || logs || route.page === 'approvals' || route.page === 'canned' || route.page === 'workers' || route.page === 'unknown';
  const showList = !elsewhere && (columns > 1 || openCase === null);
  const showCase = !elsewhere && (columns > 1 || openCase !== null);
  return (
    <FrameContext value={frame}>
      <div className={styles.page}>
        {(columns > 1 || openCase === null) && <TopBar onMenu={columns === 3 ? null : () => setMenu(true)} onHelp={() => setHelp(true)} />}
        <UrgentBanner />
        <Disruptions />
        {!up && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('app.lost')}</MessageBarBody>
          </MessageBar>
        )}
        <div className={`${styles.columns} ${columns === 3 ? styles.three : columns === 2 ? styles.two : ''}`}>
          {columns === 3 ? <Nav /> : menu && <NavDrawer onClose={() => setMenu(false)} />}
          {showList && <CaseList openCase={openCase} />}
          {showCase && (
            <main className={styles.pane}>
              {openCase === null ? <NoCase /> : <CasePanel key={openCase} id={openCase} phone={columns === 1} />}
            </main>
          )}
          {elsewhere && (
            <main className={`${styles.pane} ${columns === 3 ? styles.wide : styles.whole}`}>
              <Suspense fallback={<Spinner />}>
                {agent ? (
                  <AgentPage route={route} />
                ) : route.page === 'approvals' ? (
                  <ApprovalsPage />
                ) : route.page === 'canned' ? (
                  <CannedPage />
                ) : route.page === 'workers' ? (
                  <WorkersPage />
                ) : logs ? (
                  <LogPage page={route.page} />
                ) : !admin ? (
                  <NotHere />
                ) : me.role !== 'admin' ? (
                  <NotHere adminOnly />
                ) : route.page === 'people' ? (
                  <PeoplePage />
                ) : route.page === 'systems' ? (
                  <SystemsPage />
                ) : route.page === 'learning' ? (
                  <LearningPage />
                ) : (
                  <IntakePage />
                )}
              </Suspense>
            </main>
          )}
        </div>
        {help && (
          <Suspense>
            <HelpDialog onClose={() => setHelp(false)} />
          </Suspense>
        )}
      </div>
    </FrameContext>
  );
}

/** The pages of who registers for others; whoever has news to tell by phone sees whom to call. */
function AgentPage({ route }: { readonly route: Route }) {
  const { agent } = useMe();
  if (route.page === 'call-backs') return <CallBacksPage />;
  if (!agent) return <NotHere />;
  if (route.page === 'person') return <PersonPage key={route.id} id={route.id} />;
  return route.page === 'persons' ? <PersonsPage /> : <RegisterPage />;
}

/** What was sent, and who did what: for whoever checks. What the administrator does himself, he does not check. */
function LogPage({ page }: { readonly page: 'sends' | 'audit' }) {
  const { role } = useMe();
  if (page === 'audit') return role === 'auditor' ? <AuditPage /> : <NotHere />;
  return role === 'admin' || role === 'auditor' ? <SendsPage /> : <NotHere adminOnly />;
}
