import { IN_TEAMS } from './teams/place.ts';

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
  | { readonly page: 'register' }
  | { readonly page: 'call-backs' }
  | { readonly page: 'persons' }
  | { readonly page: 'person'; readonly id: string }
  | { readonly page: 'approvals' }
  | { readonly page: 'canned' }
  | { readonly page: 'workers' }
  | { readonly page: 'people' }
  | { readonly page: 'intake' }
  | { readonly page: 'sends' }
  | { readonly page: 'learning' }
  | { readonly page: 'systems' }
  | { readonly page: 'audit' }
  | { readonly page: 'unknown' };

const BASE = '/workbench';
/** The same page in a tab of Teams. */
const TAB_BASE = `/tabs${BASE}`;

/** Reads a path; what doesn't exist is `unknown`, so that the page can say so. */
export function parseRoute(path: string): Route {
  const base = [BASE, TAB_BASE].find((known) => path === known || path.startsWith(`${known}/`));
  if (base === undefined) return { page: 'unknown' };
  const [page, rest, ...more] = path.slice(base.length).split('/').filter(Boolean).map(decode);
  if (page === undefined) return { page: 'home' };
  if (more.length > 0) return { page: 'unknown' };
  if (rest === undefined) return isSinglePage(page) ? { page } : { page: 'unknown' };
  if (page === 'case' || page === 'person') return { page, id: rest };
  const view = parseView(rest);
  return page === 'queue' && view ? { page, view } : { page: 'unknown' };
}

const SINGLE_PAGES = [
  'sign-in',
  'approvals',
  'register',
  'call-backs',
  'persons',
  'canned',
  'workers',
  'people',
  'intake',
  'sends',
  'learning',
  'systems',
  'audit',
] as const;
type SinglePage = (typeof SINGLE_PAGES)[number];

function isSinglePage(page: string): page is SinglePage {
  return SINGLE_PAGES.some((known) => known === page);
}

/** The path of a route, such that parsing it gives the route back. @param inTab in a tab of Teams */
export function pathOf(route: Route, inTab = IN_TEAMS): string {
  const base = inTab ? TAB_BASE : BASE;
  switch (route.page) {
    case 'home':
    case 'unknown':
      return `${base}/`;
    case 'queue':
      return `${base}/queue/${encodeURIComponent(route.view)}`;
    case 'case':
    case 'person':
      return `${base}/${route.page}/${encodeURIComponent(route.id)}`;
    default:
      return `${base}/${route.page}`;
  }
}

/** The route that a deep link into a tab asks for ("case/<id>"); null for anything else. */
export function routeOfSubPage(subPage: string): Route | null {
  const route = parseRoute(`${BASE}/${subPage}`);
  return route.page === 'case' || route.page === 'queue' ? route : null;
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
