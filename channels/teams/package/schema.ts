import type { TeamsManifestLatest } from '@microsoft/app-manifest';
import { LOCALISATION_SCHEMA } from './manifest.ts';

/** What the published schema has against a manifest; empty when nothing. The schemas are files of the library: no network. */
export async function whyNotManifest(manifest: TeamsManifestLatest): Promise<readonly string[]> {
  // Here rather than above: a running desk never validates, and the library is large.
  const { AppManifestUtils } = await import('@microsoft/app-manifest');
  return await AppManifestUtils.validateAgainstSchema(manifest);
}

/** What the published schema has against a file of one language. */
export async function whyNotLocalisation(body: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const [{ AppManifestUtils }, { default: ajv }] = await Promise.all([import('@microsoft/app-manifest'), import('ajv-draft-04')]);
  // One of its patterns is no regular expression by the stricter rules of Unicode mode.
  const validator = new ajv.default({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false });
  const validate = validator.compile(await AppManifestUtils.fetchSchema(LOCALISATION_SCHEMA));
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
}
