import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadCatalogue } from '../../catalogue/index.ts';
import { applicationIdUri, PACKAGE_TEXTS, teamsPackage } from '../../channels/teams/index.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../usage-error.ts';

export interface TeamsPackageOptions {
  readonly out: string;
  readonly appVersion: string;
  readonly name?: string;
  readonly developer?: string;
  readonly privacy?: string;
  readonly terms?: string;
  readonly json?: boolean;
}

/**
 * `loket teams package`: writes the app's package for this installation.
 * @throws PackageRefused with a line for each thing that Teams would refuse
 */
export async function teamsPackageCommand(config: Config, options: TeamsPackageOptions): Promise<void> {
  const { teams, publicUrl } = config;
  if (teams.kind !== 'on')
    throw new UsageError('TEAMS_APP_ID is not set: the package is made for one app registration. docs/teams.md leads from nothing to one');
  const loaded = await loadCatalogue(config.catalogueFolder);
  if (loaded.kind !== 'ok') throw new UsageError('the catalogue has mistakes; "npx loket catalogue check" names them');
  const organisation = loaded.catalogue.organisation.name;
  const file = resolve(options.out);
  const body = await teamsPackage({
    appId: teams.appId,
    publicUrl,
    organisation,
    name: options.name ?? PACKAGE_TEXTS.nl.name,
    developer: options.developer ?? organisation,
    version: options.appVersion,
    privacyUrl: options.privacy ?? `${publicUrl}/`,
    termsUrl: options.terms ?? `${publicUrl}/`,
  });
  await writeFile(file, body);
  const resource = applicationIdUri(publicUrl ?? '', teams.appId);
  if (options.json)
    return console.log(JSON.stringify({ file, appId: teams.appId, version: options.appVersion, applicationIdUri: resource }));
  console.log(
    [
      `Wrote ${file} (version ${options.appVersion}).`,
      'Upload it in the Teams admin centre: Teams apps > Manage apps > Actions > Upload new app. A later one needs a higher --app-version.',
      `The app registration's Application ID URI must be ${resource}.`,
    ].join('\n'),
  );
}
