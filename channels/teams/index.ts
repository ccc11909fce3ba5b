/**
 * Microsoft Teams: the app's package for an administrator to upload, and the names by which manifest, bot, tabs and links know each other.
 */
export { applicationIdUri, COMMANDS, TABS, type Tab, tabLink } from './names.ts';
export type { PackageInput } from './package/manifest.ts';
export { PackageRefused, teamsPackage } from './package/package.ts';
export { PACKAGE_TEXTS } from './package/texts.ts';
