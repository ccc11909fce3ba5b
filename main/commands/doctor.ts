import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { formatProblem, type LoadResult, loadCatalogue } from '../../catalogue/index.ts';
import type { Register } from '../../register/index.ts';
import type { Config } from '../config.ts';
import { testAssistant } from '../open-assistant.ts';
import { publisherOf } from '../open-catalogue.ts';
import { blobsOf, scannerOf } from '../open-files.ts';
import { describeConflict } from '../publisher.ts';
import { withRegister } from '../register-access.ts';

/** One part that was tested: what was found, in plain words. */
interface Finding {
  readonly part: string;
  readonly ok: boolean;
  readonly says: string;
}

/** `loket doctor`: tests each configured part and says what to mend. Exit code 1 when something is wrong. */
export async function doctor(config: Config, options: { readonly json?: boolean }): Promise<void> {
  const loaded = await loadCatalogue(config.catalogueFolder);
  const findings = [
    await node(),
    await folder(config),
    await catalogue(loaded),
    ...(await database(config, loaded)),
    ...(await redis(config)),
    await files(config),
    await scanner(config),
    await llm(config),
    ...(await mailboxes(config)),
    await desk(config),
  ];
  if (options.json) console.log(JSON.stringify({ ok: findings.every((it) => it.ok), findings }));
  else for (const { part, ok, says } of findings) console.log(`${ok ? 'ok  ' : 'MEND'}  ${part.padEnd(11)} ${says}`);
  if (findings.some((it) => !it.ok)) process.exitCode = 1;
}

async function attempt(part: string, test: () => Promise<string>): Promise<Finding> {
  try {
    return { part, ok: true, says: await test() };
  } catch (error) {
    return { part, ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

/** Each mailbox as the desk reads it. */
async function mailboxes({ mail }: Config): Promise<Finding[]> {
  if (mail.mailboxes.length === 0) return [];
  const { checkMailbox, openTokens } = await import('../../channels/email/index.ts');
  const tokens = openTokens();
  return await Promise.all(mail.mailboxes.map((it) => attempt(`IMAP ${it.name}`, () => checkMailbox(it, tokens))));
}

function node(): Promise<Finding> {
  return attempt('Node', async () => {
    const [major] = process.versions.node.split('.').map(Number);
    if ((major ?? 0) < 24)
      throw new Error(`this is Node ${process.versions.node}; run it by "npx loket" or "npm start", which bring Node 24`);
    return process.versions.node;
  });
}

function folder(config: Config): Promise<Finding> {
  return attempt('data', async () => {
    await mkdir(config.dataFolder, { recursive: true });
    await access(config.dataFolder, constants.W_OK);
    const { bavail, bsize } = await statfs(config.dataFolder);
    const free = (bavail * bsize) / 2 ** 30;
    if (free < 1) throw new Error(`${config.dataFolder} has ${free.toFixed(1)} GiB left; make room, or set LOKET_DATA to another disk`);
    return `${config.dataFolder}, ${free.toFixed(0)} GiB free`;
  });
}

function catalogue(loaded: LoadResult): Promise<Finding> {
  return attempt('catalogue', async () => {
    if (loaded.kind !== 'ok')
      throw new Error(`${loaded.problems.length} mistakes, the first: ${loaded.problems.slice(0, 3).map(formatProblem).join('; ')}`);
    return `${loaded.catalogue.version}: ${loaded.catalogue.products.length} products in ${loaded.catalogue.groups.length} groups, ${loaded.budgets.length} budgets`;
  });
}

async function database(config: Config, files: LoadResult): Promise<Finding[]> {
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
}

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

async function redis(config: Config): Promise<Finding[]> {
  const { redisUrl } = config;
  if (redisUrl === null) return [{ part: 'Redis', ok: true, says: 'off; the queues are in PostgreSQL (REDIS_URL switches it on)' }];
  return [
    await attempt('Redis', async () => {
      const client = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
      client.on('error', () => {});
      try {
        await client.connect();
        const [, policy] = await client.config('GET', 'maxmemory-policy').then(
          (it) => (Array.isArray(it) ? it.map(String) : []),
          () => [],
        );
        if (policy && policy !== 'noeviction')
          throw new Error(`maxmemory-policy is ${policy}; it must be noeviction, or Redis throws jobs away when it is full`);
        return `answers at ${new URL(redisUrl).host}`;
      } catch (error) {
        throw new Error(`${new URL(redisUrl).host}: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        client.disconnect();
      }
    }),
  ];
}

/** Keeps a file, reads it and removes it. */
function files(config: Config): Promise<Finding> {
  const { place } = config.files;
  return attempt('files', async () => {
    await blobsOf(config).check();
    return place.kind === 's3' ? `in ${place.url}` : `in ${config.dataFolder}/files`;
  });
}

async function scanner(config: Config): Promise<Finding> {
  const clamd = scannerOf(config);
  if (!clamd) return { part: 'ClamAV', ok: true, says: 'off; files are given unchecked (CLAMD_URL switches it on)' };
  return attempt('ClamAV', async () => `answers: ${await clamd.version()}`);
}

function llm({ llm: configured }: Config): Promise<Finding> {
  if (!configured) return Promise.resolve({ part: 'LLM', ok: true, says: 'off; the local classifier decides (LLM_URL switches it on)' });
  return attempt('LLM', () => testAssistant(configured));
}

/** Whether a desk answers where people reach it; that none runs is no mistake. */
async function desk(config: Config): Promise<Finding> {
  const url = config.publicUrl ?? `http://${config.host}:${config.port}`;
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
    if (response.ok) return { part: 'desk', ok: true, says: `answers at ${url}` };
    return {
      part: 'desk',
      ok: response.status === 503,
      says: response.status === 503 ? `is starting at ${url}` : `${url}/health answers ${response.status}; is something else on this port?`,
    };
  } catch {
    return { part: 'desk', ok: true, says: `does not run at ${url} now` };
  }
}
