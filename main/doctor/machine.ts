import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { formatProblem } from '../../catalogue/index.ts';
import { attempt, type Check } from './finding.ts';

/** Whether Node is new enough, the data's folder can be written to, and the disk has room. */
export const machine: Check = async ({ config }) => [
  await attempt('Node', async () => {
    const [major] = process.versions.node.split('.').map(Number);
    if ((major ?? 0) < 24)
      throw new Error(`this is Node ${process.versions.node}; run it by "npx loket" or "npm start", which bring Node 24`);
    return process.versions.node;
  }),
  await attempt('data', async () => {
    await mkdir(config.dataFolder, { recursive: true });
    await access(config.dataFolder, constants.W_OK);
    const { bavail, bsize } = await statfs(config.dataFolder);
    const free = (bavail * bsize) / 2 ** 30;
    if (free < 1) throw new Error(`${config.dataFolder} has ${free.toFixed(1)} GiB left; make room, or set LOKET_DATA to another disk`);
    return `${config.dataFolder}, ${free.toFixed(0)} GiB free`;
  }),
];

/** Whether the catalogue's files have mistakes. */
export const catalogue: Check = async ({ files }) => [
  await attempt('catalogue', async () => {
    if (files.kind !== 'ok')
      throw new Error(`${files.problems.length} mistakes, the first: ${files.problems.slice(0, 3).map(formatProblem).join('; ')}`);
    const { version, products, groups } = files.catalogue;
    return `${version}: ${products.length} products in ${groups.length} groups, ${files.budgets.length} budgets`;
  }),
];
