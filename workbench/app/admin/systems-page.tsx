import { useSpeech } from '../language.tsx';
import { Page } from './page.tsx';
import { Tokens } from './tokens.tsx';
import { Webhooks } from './webhooks.tsx';

/** Other systems: what they may do here, and what they are told. */
export default function SystemsPage() {
  const { t } = useSpeech();
  return (
    <Page title={t('page.systems')} intro={t('systems.intro')}>
      <Tokens />
      <Webhooks />
    </Page>
  );
}
