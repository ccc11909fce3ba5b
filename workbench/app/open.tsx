import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { recallInTab, rememberInTab } from './browser-state.ts';
import { connect, currentHost } from './teams/host.ts';
import { IN_TEAMS, unplaced } from './teams/place.ts';

/**
 * Shows a page. In a tab it shakes hands with Teams first; a tab's address that was opened by itself goes to the page outside.
 * @param onSubPage what a deep link asks for, before anything is shown
 */
export async function open(page: ReactNode, { onSubPage }: { readonly onSubPage: (subPage: string) => void }): Promise<void> {
  if (IN_TEAMS) {
    if (!(await connect())) {
      window.location.replace(unplaced(window.location.pathname));
      return;
    }
    const subPage = currentHost()?.subPage;
    if (subPage) onSubPage(subPage);
  }
  reloadAfterUpgrade();
  const root = document.getElementById('root');
  if (!root) throw new Error('the document has no #root');
  createRoot(root).render(<StrictMode>{page}</StrictMode>);
}

/**
 * After an upgrade an open page asks for parts that are gone: then the new page is fetched. Not twice in a row, so that a server that is down
 * doesn't make it spin.
 */
function reloadAfterUpgrade(): void {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(recallInTab('loket-reloaded') ?? 0);
    if (Date.now() - last < 30_000) return;
    rememberInTab('loket-reloaded', String(Date.now()));
    window.location.reload();
  });
}
