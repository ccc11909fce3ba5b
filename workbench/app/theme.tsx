import { FluentProvider, type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { recall, remember, useMedia } from './browser-state.ts';

export const LOOKS = ['system', 'light', 'dark'] as const;
export type Look = (typeof LOOKS)[number];

interface LookChoice {
  readonly look: Look;
  readonly setLook: (look: Look) => void;
}

const Context = createContext<LookChoice>({ look: 'system', setLook: () => {} });

/** Light or dark as the system asks, unless chosen otherwise on this machine. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [look, choose] = useState<Look>(() => LOOKS.find((known) => known === recall('loket-look')) ?? 'system');
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const dark = look === 'dark' || (look === 'system' && systemDark);
  const theme: Theme = dark ? webDarkTheme : webLightTheme;
  useEffect(() => {
    // Scrollbars and native controls follow this, not Fluent's tokens.
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
    document.documentElement.style.background = theme.colorNeutralBackground2;
  }, [dark, theme]);
  const choice = useMemo<LookChoice>(
    () => ({
      look,
      setLook: (chosen) => {
        remember('loket-look', chosen);
        choose(chosen);
      },
    }),
    [look],
  );
  return (
    <Context value={choice}>
      <FluentProvider theme={theme} style={{ height: '100%' }}>
        {children}
      </FluentProvider>
    </Context>
  );
}

export function useLook(): LookChoice {
  return useContext(Context);
}
