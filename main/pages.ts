import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWidget } from '../channels/web/index.ts';
import { buildApp } from '../workbench/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** What the pages are made of; a change in it means a new build. */
const SOURCES = [
  'workbench/app',
  'workbench/protocol.ts',
  'workbench/my-protocol.ts',
  'workbench/build-app.ts',
  'channels/web/widget',
  'channels/web/page',
  'channels/web/build-widget.ts',
  'domain',
  'package-lock.json',
];

/** Where the pages' files are. */
export interface Pages {
  readonly chat: string;
  readonly workbench: string;
}

export function pagesIn(folder: string): Pages {
  return { chat: join(folder, 'chat'), workbench: join(folder, 'workbench') };
}

/** Builds widget and workbench into a folder; beside it first, so that another process never finds half of them. */
export async function buildPages(folder: string): Promise<void> {
  const beside = `${folder}.${process.pid}`;
  try {
    await buildInto(beside);
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder).catch((error: NodeJS.ErrnoException) => {
      // Another process was first, with the same pages.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function buildInto(folder: string): Promise<void> {
  const pages = pagesIn(folder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(pages.chat, { recursive: true });
  await cp(join(ROOT, 'channels/web/page'), pages.chat, { recursive: true });
  await Promise.all([buildWidget(pages.chat), buildApp(pages.workbench)]);
  await writeFile(join(folder, 'sources'), await hashOfSources());
}

/**
 * The pages, built when their sources changed since. In a process of its own: the bundler's memory goes with it.
 * @throws Error with the bundler's words when the build fails
 */
export async function ensurePages(folder: string): Promise<Pages> {
  const built = await readFile(join(folder, 'sources'), 'utf8').catch(() => null);
  if (built !== (await hashOfSources())) await buildApart(folder);
  return pagesIn(folder);
}

function buildApart(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'main/build-cli.ts'), folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the pages could not be built:\n${said.slice(-4_000)}`))));
  });
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) await hashInto(hash, join(ROOT, source));
  return hash.digest('hex');
}

async function hashInto(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null);
  const files = entries
    ? entries
        .filter((it) => it.isFile() && !it.name.includes('.test.'))
        .map((it) => join(it.parentPath, it.name))
        .sort()
    : [path];
  for (const file of files) hash.update(`${file}\0`).update(await readFile(file));
}
