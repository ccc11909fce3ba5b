import { App } from './app.tsx';
import './base.css';
import { open } from './open.tsx';
import { pathOf, routeOfSubPage } from './router.ts';

void open(<App />, { onSubPage: openSubPage });

/** A deep link from a card names a case. */
function openSubPage(subPage: string): void {
  const route = routeOfSubPage(subPage);
  if (route) window.history.replaceState(null, '', pathOf(route));
}
