/** The names by which the manifest, the bot, the tabs and links know each other's parts. */
export const TABS = { my: 'my', workbench: 'workbench' } as const;
export type Tab = keyof typeof TABS;

/** The message extension's commands, by the ids that an invoke carries. */
export const COMMANDS = { register: 'register', search: 'myCases' } as const;

/**
 * A deep link to a personal tab (learn.microsoft.com: "Deep links to a tab").
 * @param appId the manifest's id, which is the app registration's
 * @param subPage what the tab opens: for `my` a case's reference, for `workbench` `case/<id>`
 */
export function tabLink(appId: string, tab: Tab, subPage: string | null = null): string {
  const link = new URL(`https://teams.microsoft.com/l/entity/${appId}/${TABS[tab]}`);
  if (subPage !== null) link.searchParams.set('context', JSON.stringify({ subEntityId: subPage }));
  return link.href;
}

/** What an app with both a bot and tabs is called as a resource of single sign-on ("Application ID URI" of the app registration). */
export function applicationIdUri(publicUrl: string, appId: string): string {
  return `api://${new URL(publicUrl).host}/botid-${appId}`;
}
