import type { SessionRequest } from '../../my-protocol.ts';
import { recallInTab, rememberInTab } from '../browser-state.ts';

const KEPT = 'loket-intranet-token';

/**
 * Who somebody is outside Teams: by the intranet's token, which stands behind `#token=` in the link and leaves the address bar at once, else by the
 * workbench's cookie. The token is kept for a reload of this browser tab; it is short-lived.
 */
export async function signInOutside(): Promise<SessionRequest> {
  const token = takeToken();
  return token === null ? {} : { intranet: token };
}

function takeToken(): string | null {
  const found = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (found !== null) window.history.replaceState(null, '', window.location.pathname);
  if (found !== null) rememberInTab(KEPT, found);
  return found ?? recallInTab(KEPT);
}

/** Forgets a token that is no longer taken, so that another way in can be tried. */
export function forgetToken(): void {
  rememberInTab(KEPT, null);
}
