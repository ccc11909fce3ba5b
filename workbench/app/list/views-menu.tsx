import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { BookmarkRegular } from '@fluentui/react-icons/svg/bookmark';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { SavedView } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { viewsQuery } from '../queries.ts';
import { parseView } from '../router.ts';
import { IDS, useFrame } from '../shell/frame-state.tsx';
import { isSameShape, shownBy, WHOLE } from './shape.ts';

const SaveViewDialog = lazy(() => import('./save-view-dialog.tsx'));
const ManageViewsDialog = lazy(() => import('./manage-views-dialog.tsx'));

const useStyles = makeStyles({
  button: { minWidth: 0, maxWidth: '100%', '@media (pointer: coarse)': { minHeight: '44px' } },
  popover: { zIndex: 1, maxWidth: 'min(360px, calc(100vw - 32px))', maxHeight: '60vh', overflowY: 'auto' },
  count: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2 },
});

/** Beyond this the server does not count. */
const COUNTED = 100;
const NAME = 'view';

/** The lists that are kept under a name, with how much is in them now; and the way to keep this one. */
export function ViewsMenu({ title }: { readonly title: string }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const { view, shape, setShape, show } = useFrame();
  const { views = [] } = useQuery(viewsQuery).data ?? {};
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const shown = shownBy(views, view, shape);
  const groups = [...Map.groupBy(views, ({ team }) => team)].sort(([a], [b]) => Number(b === null) - Number(a === null));
  const choose = (id: string | undefined) => {
    const chosen = views.find((saved) => saved.id === id);
    const place = chosen ? parseView(chosen.place) : null;
    if (chosen && place) show(place, { search: chosen.search, filter: chosen.filter, order: chosen.order });
    else setShape(WHOLE);
  };
  return (
    <>
      <Menu
        inline
        checkedValues={{ [NAME]: [shown?.id ?? (isSameShape(shape, WHOLE) ? '' : 'other')] }}
        onCheckedValueChange={(_, { checkedItems: [id] }) => choose(id)}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button
            id={IDS.views}
            size="small"
            appearance="subtle"
            className={styles.button}
            icon={<BookmarkRegular />}
            aria-keyshortcuts="V"
          >
            {shown?.name ?? t('views.title')}
          </Button>
        </MenuTrigger>
        <MenuPopover className={styles.popover}>
          <MenuList>
            <MenuItemRadio name={NAME} value="">
              {t('views.whole')}
            </MenuItemRadio>
            {groups.map(([team, saved]) => (
              <MenuGroup key={team ?? ''}>
                <MenuGroupHeader>{team === null ? t('views.mine') : t('views.ofTeam', { team: names.team(team) })}</MenuGroupHeader>
                {saved.map((one) => (
                  <MenuItemRadio key={one.id} name={NAME} value={one.id} secondaryContent={<Count of={one} />}>
                    {one.name}
                  </MenuItemRadio>
                ))}
              </MenuGroup>
            ))}
            <MenuDivider />
            <MenuItem disabled={shown !== null || isSameShape(shape, WHOLE)} onClick={() => setDialog('save')}>
              {t('views.save')}
            </MenuItem>
            {views.some(({ mayChange }) => mayChange) && <MenuItem onClick={() => setDialog('manage')}>{t('views.manage')}</MenuItem>}
          </MenuList>
        </MenuPopover>
      </Menu>
      <Suspense>
        {dialog === 'save' && <SaveViewDialog title={title} onClose={() => setDialog(null)} />}
        {dialog === 'manage' && <ManageViewsDialog onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  );
}

function Count({ of: { count } }: { readonly of: SavedView }) {
  const styles = useStyles();
  const { t } = useSpeech();
  if (count === null) return null;
  return <span className={styles.count}>{count < COUNTED ? count : t('views.more', { n: COUNTED })}</span>;
}
