import type { TeamsManifestLatest } from '@microsoft/app-manifest';
import type { Language } from '../../../domain/index.ts';
import { applicationIdUri, COMMANDS, TABS } from '../names.ts';
import { PACKAGE_TEXTS, type PackageTexts } from './texts.ts';

/** What the package is made of. */
export interface PackageInput {
  readonly appId: string;
  /** Where people reach the desk; null when that is not configured. */
  readonly publicUrl: string | null;
  readonly organisation: string;
  /** What people see in Teams; the languages' own when it is not chosen. */
  readonly name: string;
  /** Who made it, as Teams names them. */
  readonly developer: string;
  readonly version: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
}

/** Where the schemas are published; the package that validates has copies of them. */
const SCHEMAS = 'https://developer.microsoft.com/json-schemas/teams/v1.30';
export const MANIFEST_SCHEMA = `${SCHEMAS}/MicrosoftTeams.schema.json`;
export const LOCALISATION_SCHEMA = `${SCHEMAS}/MicrosoftTeams.Localization.schema.json`;
export const ICONS = { color: 'color.png', outline: 'outline.png' } as const;
/** The manifest's own language; the others are files beside it. */
const DEFAULT_LANGUAGE = 'nl' satisfies Language;
const OTHER_LANGUAGES = ['en'] as const satisfies readonly Language[];
export const LANGUAGE_FILES: readonly Language[] = [DEFAULT_LANGUAGE, ...OTHER_LANGUAGES];
const BOT_SCOPES = ['personal', 'team', 'groupChat'] as const;

/** The app's manifest for this installation. @param publicUrl one that `whyNot` has nothing against */
export function buildManifest(it: PackageInput, publicUrl: string): TeamsManifestLatest {
  const texts = PACKAGE_TEXTS[DEFAULT_LANGUAGE];
  const { host } = new URL(publicUrl);
  return {
    $schema: MANIFEST_SCHEMA,
    manifestVersion: '1.30',
    version: it.version,
    id: it.appId,
    developer: { name: it.developer, websiteUrl: `${publicUrl}/`, privacyUrl: it.privacyUrl, termsOfUseUrl: it.termsUrl },
    name: { short: it.name, full: fullName(texts, it) },
    description: { short: texts.short, full: texts.description(it.organisation) },
    localizationInfo: {
      defaultLanguageTag: DEFAULT_LANGUAGE,
      defaultLanguageFile: `${DEFAULT_LANGUAGE}.json`,
      additionalLanguages: OTHER_LANGUAGES.map((language) => ({ languageTag: language, file: `${language}.json` })),
    },
    icons: { ...ICONS },
    accentColor: '#0B5A6B',
    bots: [
      {
        botId: it.appId,
        scopes: [...BOT_SCOPES],
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [{ scopes: [...BOT_SCOPES], commands: texts.suggestions.map((suggestion) => ({ ...suggestion })) }],
      },
    ],
    staticTabs: [
      {
        entityId: TABS.my,
        name: texts.tabs.my,
        contentUrl: `${publicUrl}/tabs/my`,
        websiteUrl: `${publicUrl}/my`,
        scopes: ['personal'],
      },
      {
        entityId: TABS.workbench,
        name: texts.tabs.workbench,
        contentUrl: `${publicUrl}/tabs/workbench/`,
        websiteUrl: `${publicUrl}/workbench/`,
        scopes: ['personal'],
      },
      { entityId: 'conversations', scopes: ['personal'] },
      { entityId: 'about', scopes: ['personal'] },
    ],
    composeExtensions: [
      {
        botId: it.appId,
        commands: [
          {
            id: COMMANDS.register,
            type: 'action',
            title: texts.register.title,
            description: texts.register.description,
            context: ['message', 'compose', 'commandBox'],
            fetchTask: true,
          },
          {
            id: COMMANDS.search,
            type: 'query',
            title: texts.search.title,
            description: texts.search.description,
            context: ['compose', 'commandBox'],
            initialRun: true,
            parameters: [{ name: 'query', title: texts.search.parameter, inputType: 'text' }],
          },
        ],
        messageHandlers: [{ type: 'link', value: { domains: [host] } }],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [host],
    webApplicationInfo: { id: it.appId, resource: applicationIdUri(publicUrl, it.appId) },
    showLoadingIndicator: true,
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
  };
}

/** What a localisation file says: the manifest's texts by their places in it. */
export function buildLocalisation(it: PackageInput, language: Language): Readonly<Record<string, string>> {
  const texts = PACKAGE_TEXTS[language];
  // A name that somebody chose is the same in every language.
  const name = it.name === PACKAGE_TEXTS[DEFAULT_LANGUAGE].name ? texts.name : it.name;
  return {
    $schema: LOCALISATION_SCHEMA,
    'name.short': name,
    'name.full': fullName(texts, it),
    'description.short': texts.short,
    'description.full': texts.description(it.organisation),
    'staticTabs[0].name': texts.tabs.my,
    'staticTabs[1].name': texts.tabs.workbench,
    ...Object.fromEntries(
      texts.suggestions.flatMap(({ title, description }, i) => [
        [`bots[0].commandLists[0].commands[${i}].title`, title],
        [`bots[0].commandLists[0].commands[${i}].description`, description],
      ]),
    ),
    'composeExtensions[0].commands[0].title': texts.register.title,
    'composeExtensions[0].commands[0].description': texts.register.description,
    'composeExtensions[0].commands[1].title': texts.search.title,
    'composeExtensions[0].commands[1].description': texts.search.description,
    'composeExtensions[0].commands[1].parameters[0].title': texts.search.parameter,
  };
}

/** The schema takes 100 characters; a longer organisation's name is left out of it. */
function fullName(texts: PackageTexts, { organisation, name }: PackageInput): string {
  const full = texts.full(organisation);
  return full.length <= 100 ? full : name;
}
