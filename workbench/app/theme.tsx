import {
  FluentProvider,
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { recall, remember, useMedia } from './browser-state.ts';
import { type HostLook, useHost } from './teams/host.ts';

export const LOOKS = ['system', 'light', 'dark'] as const;
export type Look = (typeof LOOKS)[number];

interface LookChoice {
  readonly look: Look;
  readonly setLook: (look: Look) => void;
  /** Whether it is dark now, whoever chose it. */
  readonly dark: boolean;
}

const Context = createContext<LookChoice>({ look: 'system', setLook: () => {}, dark: false });

/**
 * Fluent paints what is pointed at or chosen cyan, with black text of its own. A row of ours has texts of several colours in it, so here the ground
 * stays near black and the text white; the bar beside a chosen row says that it is.
 */
const contrastTheme: Theme = {
  ...teamsHighContrastTheme,
  ...Object.fromEntries(
    Object.keys(teamsHighContrastTheme).flatMap((name) => {
      if (/^color(Neutral|Subtle)Background\d?(Hover|Pressed|Selected)$/.test(name)) return [[name, '#262626']];
      return /^colorNeutralForeground\d?(Hover|Pressed|Selected)$/.test(name) ? [[name, '#ffffff']] : [];
    }),
  ),
};

const HOST_THEMES: Readonly<Record<HostLook, Theme>> = { light: teamsLightTheme, dark: teamsDarkTheme, contrast: contrastTheme };

/** As the host looks; without one light or dark as the system asks, unless chosen otherwise on this machine. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [look, choose] = useState<Look>(() => LOOKS.find((known) => known === recall('loket-look')) ?? 'system');
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const host = useHost();
  const dark = host ? host.look !== 'light' : look === 'dark' || (look === 'system' && systemDark);
  const theme: Theme = host ? HOST_THEMES[host.look] : dark ? webDarkTheme : webLightTheme;
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
      dark,
    }),
    [look, dark],
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

export function useDark(): boolean {
  return useContext(Context).dark;
}
