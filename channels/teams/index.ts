/**
 * Microsoft Teams: the bot behind `POST /api/messages`. Activities are stored, acknowledged and handed to the desk; its replies become words and
 * Adaptive Cards, which change with the question and the case that they show. Only `connector.ts` knows the Bot Framework SDK; what a successor
 * must provide stands in README.md. Beside it the app's package for an administrator to upload, the tokens of single sign-on, and the names by
 * which manifest, bot, tabs and links know each other.
 */
export { ColleagueNews } from './colleague-news.ts';
export { botbuilderConnector } from './connector.ts';
export { teamsDelivery } from './deliver.ts';
export { applicationIdUri, type Tab, tabLink } from './names.ts';
export type { DeskFacts, NamedProduct, Reading } from './options.ts';
export type { PackageInput } from './package/manifest.ts';
export { PackageRefused, teamsPackage } from './package/package.ts';
export { PACKAGE_TEXTS } from './package/texts.ts';
export { teamsBot } from './routes.ts';
export { type DirectoryPerson, SsoRefusal, type SsoRefusalCode, type SsoSettings, SsoVerifier } from './sso.ts';
export { TokenError as TeamsTokenError, Tokens } from './tokens.ts';
