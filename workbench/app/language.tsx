import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Language } from '../../domain/index.ts';
import { recall, remember } from './browser-state.ts';
import { useHost } from './teams/host.ts';
import { say, type TextKey } from './texts.ts';

/** Named here again, since the domain's list comes with code that only runs on a server. */
export const LANGUAGES = ['nl', 'en'] as const satisfies readonly Language[];

type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

interface Speech {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Say;
}

const Context = createContext<Speech>({ language: 'nl', setLanguage: () => {}, t: (key, values) => say('nl', key, values) });

/** The page's language: the host's; without one chosen here before, else the browser's, Dutch when it is neither. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [chosen, choose] = useState<Language>(firstLanguage);
  const host = useHost();
  const language = host?.language ?? chosen;
  const setLanguage = useCallback((wish: Language) => {
    remember('loket-language', wish);
    choose(wish);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({ language, setLanguage, t: (key, values) => say(language, key, values) }),
    [language, setLanguage],
  );
  return <Context value={speech}>{children}</Context>;
}

export function useSpeech(): Speech {
  return useContext(Context);
}

function firstLanguage(): Language {
  const wished = [recall('loket-language') ?? '', ...window.navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  for (const tag of wished) {
    const language = LANGUAGES.find((known) => known === tag);
    if (language) return language;
  }
  return 'nl';
}
