import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Input,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedView } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { viewsQuery } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { useViewChange } from './use-view-change.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, margin: 0, padding: 0, listStyleType: 'none' },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  name: { flexGrow: 1, minWidth: 0 },
  whose: { color: tokens.colorNeutralForeground2, display: 'block' },
});

/** Views get another name here, or go; what goes can be put back. */
export default function ManageViewsDialog({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const views = useQuery(viewsQuery).data?.views.filter(({ mayChange }) => mayChange) ?? [];
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('views.title')}</DialogTitle>
          <DialogContent>
            {views.length === 0 && <Text>{t('views.none')}</Text>}
            <ul className={styles.list}>
              {views.map((view) => (
                <Line key={view.id} view={view} />
              ))}
            </ul>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t('app.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Line({ view }: { readonly view: SavedView }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const tell = useTell();
  const { keep, remove, busy } = useViewChange();
  const [name, setName] = useState(view.name);
  const { mayChange: _, count: __, ...kept } = view;
  const rename = () => {
    const other = name.trim();
    if (other === '') return setName(view.name);
    if (other !== view.name) void keep({ ...kept, name: other });
  };
  const drop = async () => {
    if (!(await remove(view.id))) return;
    tell(t('views.removed', { name: view.name }), 'success', { label: t('views.putBack'), press: () => void keep(kept) });
  };
  return (
    <li>
      <div className={styles.line}>
        <Input
          className={styles.name}
          value={name}
          maxLength={60}
          aria-label={t('views.rename', { name: view.name })}
          onChange={(_, data) => setName(data.value)}
          onBlur={rename}
          onKeyDown={(event) => event.key === 'Enter' && rename()}
        />
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          disabledFocusable={busy}
          aria-label={t('views.remove', { name: view.name })}
          onClick={drop}
        />
      </div>
      <Text size={200} className={styles.whose}>
        {view.team === null ? t('views.forMe') : t('views.forTeam', { team: names.team(view.team) })}
      </Text>
    </li>
  );
}
