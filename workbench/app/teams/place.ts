/** Where this page is served: by itself, or in a tab of Teams, whose paths begin with `/tabs`. */
const TABS = '/tabs';

function inTabs(): boolean {
  return typeof window !== 'undefined' && window.location.pathname.startsWith(`${TABS}/`);
}

/** Whether the page stands in a tab: then there is no cookie, and the host says who it is, in which language and how it looks. */
export const IN_TEAMS = inTabs();

/** A path of this page as it is in the place where it is served. */
export function placed(path: string): string {
  return IN_TEAMS ? TABS + path : path;
}

/** A path of this page as it would be outside Teams. */
export function unplaced(path: string): string {
  return path.startsWith(`${TABS}/`) ? path.slice(TABS.length) : path;
}
