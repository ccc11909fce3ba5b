import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  mergeClasses,
  OverlayDrawer,
  Text,
  tokens,
} from '@fluentui/react-components';
import { BrainCircuitRegular } from '@fluentui/react-icons/svg/brain-circuit';
import { CallOutboundRegular } from '@fluentui/react-icons/svg/call-outbound';
import { ClipboardSearchRegular } from '@fluentui/react-icons/svg/clipboard-search';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { MailInboxRegular } from '@fluentui/react-icons/svg/mail-inbox';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { PeopleTeamRegular } from '@fluentui/react-icons/svg/people-team';
import { PersonCallRegular } from '@fluentui/react-icons/svg/person-call';
import { PersonSearchRegular } from '@fluentui/react-icons/svg/person-search';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { TextQuoteRegular } from '@fluentui/react-icons/svg/text-quote';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { PRESSING } from '../colours.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { callBacksQuery, queuesQuery } from '../queries.ts';
import { type Route, teamView } from '../router.ts';
import { Link, useRoute } from '../use-route.tsx';
import { useFrame } from './frame-state.tsx';

const useStyles = makeStyles({
  nav: {
    minHeight: 0,
    overflowY: 'auto',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  group: { margin: 0, padding: 0, listStyleType: 'none', marginBottom: tokens.spacingVerticalL },
  heading: {
    display: 'block',
    margin: 0,
    padding: `0 ${tokens.spacingHorizontalMNudge} ${tokens.spacingVerticalXS}`,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
  },
  empty: { padding: `0 ${tokens.spacingHorizontalMNudge}`, color: tokens.colorNeutralForeground2 },
  link: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '36px',
    padding: `0 ${tokens.spacingHorizontalMNudge}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (pointer: coarse)': { minHeight: '44px' },
  },
  current: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: '8px',
      bottom: '8px',
      width: '3px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  label: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  count: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  late: {
    color: PRESSING.late,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
});

/** The queues with what waits in them, at the left of a wide screen. */
export function Nav() {
  const styles = useStyles();
  const { t } = useSpeech();
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      <Places />
    </nav>
  );
}

/** The same on a smaller screen, over the page; it closes once a place is chosen. */
export function NavDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useSpeech();
  const route = useRoute();
  const opened = useRef(route);
  useEffect(() => {
    if (route !== opened.current) onClose();
  }, [route, onClose]);
  return (
    <OverlayDrawer open size="small" onOpenChange={(_, data) => !data.open && onClose()}>
      <DrawerHeader>
        <DrawerHeaderTitle action={<Button appearance="subtle" icon={<DismissRegular />} aria-label={t('app.close')} onClick={onClose} />}>
          {t('app.name')}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <nav aria-label={t('nav.label')}>
          <Places />
        </nav>
      </DrawerBody>
    </OverlayDrawer>
  );
}

function Places() {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const me = useMe();
  const { data: queues } = useQuery(queuesQuery);
  const calls = useQuery(callBacksQuery).data?.calls ?? [];
  const counts = new Map(queues?.teams.map((queue) => [queue.team, queue]));
  return (
    <>
      <Group title={t('nav.teams')}>
        {me.teams.length === 0 && <Text className={styles.empty}>{t('nav.noTeams')}</Text>}
        {me.teams.map((team) => (
          <Place
            key={team}
            to={{ page: 'queue', view: teamView(team) }}
            label={names.team(team)}
            count={counts.get(team)?.open}
            late={counts.get(team)?.late}
          />
        ))}
      </Group>
      <Group title={t('nav.me')}>
        <Place to={{ page: 'queue', view: 'mine' }} label={t('view.mine')} count={queues?.mine} />
        <Place to={{ page: 'queue', view: 'waiting' }} label={t('view.waiting')} count={queues?.waiting} />
        <Place to={{ page: 'approvals' }} label={t('page.approvals')} count={queues?.approvals} />
      </Group>
      <Group title={t('nav.more')}>
        <Place to={{ page: 'canned' }} label={t('page.canned')} icon={<TextQuoteRegular fontSize={20} />} />
        <Place to={{ page: 'queue', view: 'all' }} label={t('view.all')} />
        <Place to={{ page: 'queue', view: 'done' }} label={t('view.done')} />
        <Place to={{ page: 'workers' }} label={t('page.workers')} icon={<PeopleTeamRegular fontSize={20} />} />
      </Group>
      {(me.agent || calls.length > 0) && (
        <Group title={t('nav.desk')}>
          {me.agent && <Place to={{ page: 'register' }} label={t('page.register')} icon={<PersonCallRegular fontSize={20} />} />}
          <Place
            to={{ page: 'call-backs' }}
            label={t('page.callBacks')}
            icon={<CallOutboundRegular fontSize={20} />}
            count={calls.length || undefined}
          />
          {me.agent && <Place to={{ page: 'persons' }} label={t('page.persons')} icon={<PersonSearchRegular fontSize={20} />} />}
        </Group>
      )}
      {me.role === 'admin' && (
        <Group title={t('nav.admin')}>
          <Place to={{ page: 'people' }} label={t('page.people')} icon={<PeopleRegular fontSize={20} />} />
          <Place to={{ page: 'learning' }} label={t('page.learning')} icon={<BrainCircuitRegular fontSize={20} />} />
          <Place to={{ page: 'intake' }} label={t('page.intake')} icon={<MailInboxRegular fontSize={20} />} />
          <Place to={{ page: 'sends' }} label={t('page.sends')} icon={<SendRegular fontSize={20} />} />
          <Place to={{ page: 'systems' }} label={t('page.systems')} icon={<PlugConnectedRegular fontSize={20} />} />
        </Group>
      )}
      {me.role === 'auditor' && (
        <Group title={t('nav.admin')}>
          <Place to={{ page: 'audit' }} label={t('page.audit')} icon={<ClipboardSearchRegular fontSize={20} />} />
          <Place to={{ page: 'sends' }} label={t('page.sends')} icon={<SendRegular fontSize={20} />} />
        </Group>
      )}
    </>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.group}>{children}</ul>
    </>
  );
}

interface PlaceProps {
  readonly to: Route;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly count?: number | undefined;
  readonly late?: number | undefined;
}

function Place({ to, label, icon, count, late }: PlaceProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const route = useRoute();
  const { view } = useFrame();
  // While a case is open, the list beside it stays the place where one is.
  const here = to.page === 'queue' ? (route.page === 'queue' || route.page === 'case') && to.view === view : to.page === route.page;
  return (
    <li>
      <Link to={to} className={mergeClasses(styles.link, here && styles.current)} aria-current={here ? 'page' : undefined}>
        {icon}
        <span className={styles.label}>{label}</span>
        {late !== undefined && late > 0 && <span className={styles.late}>{t('count.late', { n: late })}</span>}
        {count !== undefined && <span className={styles.count}>{count}</span>}
      </Link>
    </li>
  );
}
