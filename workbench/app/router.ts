/** The views of a list that are no team's queue. */
export const OWN_VIEWS = ['mine', 'waiting', 'all', 'done'] as const;
export type OwnView = (typeof OWN_VIEWS)[number];

/** What a list shows, as the API calls it. */
export type View = OwnView | `team.${string}`;

/** Where somebody is in the workbench: the address bar as data. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'queue'; readonly view: View }
  | { readonly page: 'case'; readonly id: string }
  | { readonly page: 'sign-in' }
  | { readonly page: 'people' }
  | { readonly page: 'intake' }
  | { readonly page: 'learning' }
  | { readonly page: 'unknown' };

const BASE = '/workbench';

/** Reads a path; what doesn't exist is `unknown`, so that the page can say so. */
export function parseRoute(path: string): Route {
  if (path !== BASE && !path.startsWith(`${BASE}/`)) return { page: 'unknown' };
  const [page, rest, ...more] = path.slice(BASE.length).split('/').filter(Boolean).map(decode);
  if (page === undefined) return { page: 'home' };
  if (more.length > 0) return { page: 'unknown' };
  if (rest === undefined) return isSinglePage(page) ? { page } : { page: 'unknown' };
  if (page === 'case') return { page, id: rest };
  const view = parseView(rest);
  return page === 'queue' && view ? { page, view } : { page: 'unknown' };
}

type SinglePage = 'sign-in' | 'people' | 'intake' | 'learning';

function isSinglePage(page: string): page is SinglePage {
  return page === 'sign-in' || page === 'people' || page === 'intake' || page === 'learning';
}

/** The path of a route, such that parsing it gives the route back. */
export function pathOf(route: Route): string {
  switch (route.page) {
    case 'home':
    case 'unknown':
      return `${BASE}/`;
    case 'queue':
      return `${BASE}/queue/${encodeURIComponent(route.view)}`;
    case 'case':
      return `${BASE}/case/${encodeURIComponent(route.id)}`;
    default:
      return `${BASE}/${route.page}`;
  }
}

/** A view by its name; null when it is none. */
export function parseView(text: string): View | null {
  if (isTeamView(text)) return text;
  return OWN_VIEWS.find((view) => view === text) ?? null;
}

/** The team whose queue a view is. */
export function teamOf(view: View): string | null {
  return isTeamView(view) ? view.slice('team.'.length) : null;
}

export function teamView(team: string): View {
  return `team.${team}`;
}

function isTeamView(text: string): text is `team.${string}` {
  return text.startsWith('team.') && text.length > 'team.'.length;
}

/** A wrong escape in an address is no reason for a white page. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
