import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { colourIcon, outlineIcon } from './icons.ts';
import { buildLocalisation, buildManifest, ICONS, LANGUAGE_FILES, type PackageInput } from './manifest.ts';
import { whyNot } from './refuse.ts';
import { whyNotLocalisation, whyNotManifest } from './schema.ts';

/** The package cannot be made: each problem a line that says what to do. */
export class PackageRefused extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * The app's package for Teams: a zip with manifest, icons and a file per language. The same input gives the same bytes.
 * @throws PackageRefused for what the schema or the documented rules refuse
 */
export async function teamsPackage(it: PackageInput): Promise<Buffer> {
  const problems = whyNot(it);
  if (problems.length > 0 || it.publicUrl === null) throw new PackageRefused(problems);
  const manifest = buildManifest(it, it.publicUrl);
  const languages = LANGUAGE_FILES.map((language) => ({ file: `${language}.json`, body: buildLocalisation(it, language) }));
  const refused = [
    ...(await whyNotManifest(manifest)).map((line) => `manifest.json: ${line}`),
    ...(
      await Promise.all(languages.map(async ({ file, body }) => (await whyNotLocalisation(body)).map((line) => `${file}: ${line}`)))
    ).flat(),
  ];
  if (refused.length > 0) throw new PackageRefused(refused);
  return await zip([
    { name: 'manifest.json', data: json(manifest) },
    ...languages.map(({ file, body }) => ({ name: file, data: json(body) })),
    { name: ICONS.color, data: colourIcon() },
    { name: ICONS.outline, data: outlineIcon() },
  ]);
}

function json(body: object): Buffer {
  return Buffer.from(`${JSON.stringify(body, null, 2)}\n`);
}

async function zip(files: readonly { readonly name: string; readonly data: Buffer }[]): Promise<Buffer> {
  const archive = new ZipFile();
  // A fixed moment: the same package is the same bytes, whenever it is made.
  for (const { name, data } of files) archive.addBuffer(data, name, { mtime: new Date(1980, 0, 2), mode: 0o100644 });
  archive.end();
  return await buffer(archive.outputStream);
}
