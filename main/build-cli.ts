import { resolve } from 'node:path';
import { buildPages } from './pages.ts';

/** `node main/build-cli.ts [FOLDER]`: builds the pages, by default where `start` looks for them. */
await buildPages(resolve(process.argv[2] ?? 'data/pages'));
