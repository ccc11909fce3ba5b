import type { LoadResult } from '../../catalogue/index.ts';
import type { Register } from '../../register/index.ts';
import type { Config } from '../config.ts';
import { publisherOf } from '../open-catalogue.ts';
import { describeConflict } from '../publisher.ts';
import { withRegister } from '../register-access.ts';
import { attempt, type Check, type Finding } from './finding.ts';

/** Whether the database answers in both roles and has the newest shape, and what the desks decide by. */
export const database: Check = async ({ config, files }) => {
  const found: Finding[] = [];
  const server = await attempt('PostgreSQL', () =>
    withRegister(config, async (register) => {
      const { version, bytes } = await register.ping();
      found.push(await inForce(config, register, files), await lists(register));
      return `${config.database.kind === 'embedded' ? 'embedded' : 'server'}, version ${version}, ${(bytes / 2 ** 20).toFixed(0)} MiB`;
    }),
  );
  const shared = config.database.kind === 'server' && config.database.applicationUrl === config.database.ownerUrl;
  if (!shared) return [server, ...found];
  return [
    server,
    ...found,
    {
      part: 'roles',
      ok: true,
      says: 'one login is owner and application (the role loket_app is set on each connection); DATABASE_OWNER_URL separates them',
    },
  ];
};

/** What the desks decide by, and whether the files here are that. */
function inForce(config: Config, register: Register, files: LoadResult): Promise<Finding> {
  return attempt('published', async () => {
    if (files.kind !== 'ok') {
      const active = await register.published.activeVersion();
      return active ? `${active} stays in force until the mistakes are mended` : 'no catalogue yet';
    }
    const { version } = files.catalogue;
    const { standing, base, active } = await publisherOf(config, register).standing(version);
    if (standing === 'conflict' && active) throw new Error(describeConflict({ version, basedOn: base, active }));
    if (standing === 'same') return `${version} is in force`;
    if (standing === 'behind') return `${active} is in force, which was published elsewhere; the files here are the older ${version}`;
    return `${active ?? 'nothing'} is in force; a running desk puts ${version} in force within seconds`;
  });
}

/** Where the budgets come from, and how many people the directory gave. */
function lists(register: Register): Promise<Finding> {
  return attempt('lists', async () => {
    const { people, budgets, openBudgets, listed } = await register.lists.counts();
    return `${budgets} budgets from ${listed ? 'a csv list' : 'the catalogue'}, ${openBudgets} of them open; ${people} people from the directory`;
  });
}
