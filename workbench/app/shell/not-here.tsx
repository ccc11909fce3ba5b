import { Button } from '@fluentui/react-components';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { navigate } from '../use-route.tsx';

/** An address that leads nowhere, or not for this person. */
export function NotHere({ adminOnly = false }: { readonly adminOnly?: boolean }) {
  const { t } = useSpeech();
  return (
    <Notice within title={t(adminOnly ? 'app.adminOnly' : 'app.notFound')}>
      <Button appearance="primary" onClick={() => navigate({ page: 'home' }, 'replace')}>
        {t('app.toQueue')}
      </Button>
    </Notice>
  );
}
