import { useSyncExternalStore } from 'react';
import { placed, unplaced } from '../teams/place.ts';

/** Where somebody is in "My cases". */
export type MyRoute =
  | { readonly page: 'cases' }
  | { readonly page: 'case'; readonly reference: string }
  | { readonly page: 'ask' }
  | { readonly page: 'catalogue' };

const BASE = '/my';

/** Reads a path; what doesn't exist is the list. */
export function parseMyRoute(path: string): MyRoute {
  const [page, rest] = unplaced(path).slice(BASE.length).split('/').filter(Boolean);
  if (page === 'ask' || page === 'catalogue') return { page };
  if (page === 'case' && rest !== undefined && /^[\w-]{1,40}$/.test(rest)) return { page, reference: rest };
  return { page: 'cases' };
}

/** The path of a route, such that parsing it gives the route back. */
export function myPathOf(route: MyRoute): string {
  if (route.page === 'cases') return placed(BASE);
  return placed(route.page === 'case' ? `${BASE}/case/${route.reference}` : `${BASE}/${route.page}`);
}

const listeners = new Set<() => void>();
let parsed: { path: string; route: MyRoute } | null = null;

/** Where we are; renders again when that changes. */
export function useMyRoute(): MyRoute {
  return useSyncExternalStore(subscribe, current);
}

export function goTo(route: MyRoute): void {
  window.history.pushState(null, '', myPathOf(route));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** The same object for the same path, because React compares snapshots by identity. */
function current(): MyRoute {
  const path = window.location.pathname;
  if (parsed?.path !== path) parsed = { path, route: parseMyRoute(path) };
  return parsed.route;
}
