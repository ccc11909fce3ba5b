import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react';
import { parseRoute, pathOf, type Route } from './router.ts';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

let parsed: { path: string; route: Route } | null = null;

/** The same object for the same path, because React compares snapshots by identity. */
function currentRoute(): Route {
  const path = window.location.pathname;
  if (parsed?.path !== path) parsed = { path, route: parseRoute(path) };
  return parsed.route;
}

/** Where we are; renders again when that changes. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

/** Goes somewhere. @param how `replace` when the back button shouldn't come back here */
export function navigate(route: Route, how: 'push' | 'replace' = 'push'): void {
  const path = pathOf(route);
  if (path === window.location.pathname) return;
  if (how === 'push') window.history.pushState(null, '', path);
  else window.history.replaceState(null, '', path);
  for (const listener of listeners) listener();
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly to: Route };

/** A real link, so that opening in a new tab and copying the address work; a plain click stays in the page. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...rest} href={pathOf(to)} onClick={follow} />;
}
