import { useSyncExternalStore } from 'react';
import type { Language } from '../../../domain/index.ts';

/** How Teams looks. */
export type HostLook = 'light' | 'dark' | 'contrast';

/** What the page follows of the Teams around it. */
export interface Host {
  readonly look: HostLook;
  readonly language: Language;
  /** What a deep link asks this tab to open; null when it was opened by itself. */
  readonly subPage: string | null;
}

/** Why Teams gave no token: nobody agreed yet to what the app may know, or something else. */
export class NoToken extends Error {
  readonly consent: boolean;
  constructor(reason: string) {
    super(reason);
    this.consent = /consent|interaction_required|invalid_grant/i.test(reason);
  }
}

let host: Host | null = null;
const listeners = new Set<() => void>();

/** Told to the page; null outside Teams. */
export function useHost(): Host | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => host,
  );
}

/** The host as it is now; null outside Teams. */
export function currentHost(): Host | null {
  return host;
}

/**
 * Shakes hands with the Teams around this page, and from then on follows its look.
 * @returns false when there is none: the page was opened by itself
 */
export async function connect(): Promise<boolean> {
  const { app } = await library();
  try {
    await app.initialize();
  } catch {
    return false;
  }
  const context = await app.getContext();
  tell({ look: lookOf(context.app.theme), language: languageOf(context.app.locale), subPage: context.page.subPageId || null });
  app.registerOnThemeChangeHandler((theme) => {
    if (host) tell({ ...host, look: lookOf(theme) });
  });
  app.notifyAppLoaded();
  app.notifySuccess();
  return true;
}

/**
 * A token of single sign-on for this person and app; Teams keeps it, and renews it when it must.
 * @throws NoToken
 */
export async function ssoToken(): Promise<string> {
  const { authentication } = await library();
  try {
    return await authentication.getAuthToken();
  } catch (error) {
    throw new NoToken(error instanceof Error ? error.message : String(error));
  }
}

/** Apart, so that a page outside Teams does not fetch it. */
function library() {
  return import('@microsoft/teams-js');
}

function tell(now: Host): void {
  host = now;
  for (const listener of listeners) listener();
}

function lookOf(theme: string): HostLook {
  return theme === 'dark' || theme === 'contrast' ? theme : theme === 'glass' ? 'dark' : 'light';
}

function languageOf(locale: string): Language {
  return /^nl\b/i.test(locale) ? 'nl' : 'en';
}
