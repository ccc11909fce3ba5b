import { randomUUID } from 'node:crypto';
import { stopTraining } from '../intents/index.ts';
import type { Register } from '../register/index.ts';
import { CatalogueWatch } from './catalogue-watch.ts';
import type { Config } from './config.ts';
import { FolderBase } from './folder-base.ts';
import { Learner } from './learner.ts';
import { PublishedCatalogue } from './published.ts';
import { CatalogueError, describeLook, type Look, Publisher } from './publisher.ts';

const LEASE = 'catalogue';
const LEASE_MS = 15_000;
/** News of a new version can be missed while the connection for news is away; so the register is asked as well. */
const ASK_MS = 5_000;

interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(data: object, message: string): void;
}

export interface OpenCatalogue {
  /** What every turn decides by; changes when a new version is published. */
  readonly published: PublishedCatalogue;
  /** What whoever starts the desk should know of the files. */
  readonly said: readonly string[];
  close(): Promise<void>;
}

/** How the files of this machine's catalogue are brought into force. */
export function publisherOf(config: Pick<Config, 'catalogueFolder' | 'dataFolder'>, register: Register): Publisher {
  const { catalogueFolder: folder, dataFolder } = config;
  return new Publisher({
    folder,
    base: new FolderBase(dataFolder, folder),
    stores: register,
    published: (version) => register.live.publish([{ kind: 'published', version }]),
  });
}

/**
 * Publishes what the files say, opens the version in force, and from then on follows both: the files (under the lease) and what any process
 * publishes.
 * @throws CatalogueError when the files have mistakes and nothing has been published before
 */
export async function openCatalogue(config: Config, register: Register, log: Log): Promise<OpenCatalogue> {
  const { leases } = register;
  const holder = randomUUID();
  const lead = () => leases.acquire(LEASE, holder, LEASE_MS);
  const files = new CatalogueWatch({ folder: config.catalogueFolder, publisher: publisherOf(config, register), lead, log });
  // Who starts looks, whoever leads: a process that died may hold the lease for some seconds more.
  const look = await files.look();
  refuse(look);
  const said = look.kind === 'published' ? [] : describeLook(look);
  const published = await PublishedCatalogue.open(register).catch((error: unknown) => {
    // What is stored was made by another version of Loket, and the files cannot replace it: then their mistakes are what is to be mended.
    if (look.kind === 'invalid') throw new CatalogueError(`the catalogue has mistakes:\n${look.problems.join('\n')}`, { cause: error });
    throw error;
  });
  const unfollow = follow(published, register, log);
  files.begin(said);
  const learner = new Learner({ register, published, lead, log });
  learner.begin();
  return {
    published,
    said,
    close: async () => {
      stopTraining();
      await Promise.all([files.stop(), learner.stop(), unfollow()]);
      await leases.release(LEASE, holder).catch(() => {});
    },
  };
}

function refuse(look: Look): void {
  if (look.kind !== 'invalid' || look.active !== null) return;
  throw new CatalogueError(`the catalogue has mistakes:\n${look.problems.join('\n')}`);
}

/** Takes a new version over at the news of it, or a little later. @returns how to end it */
function follow(published: PublishedCatalogue, { live }: Register, log: Log): () => Promise<void> {
  let under: Promise<void> = Promise.resolve();
  let failing = false;
  const refresh = (): void => {
    under = under.then(async () => {
      try {
        const taken = await published.refresh();
        if (taken) log.info(`deciding by catalogue ${taken.catalogue} and model ${taken.model} from now on`);
        failing = false;
      } catch (error) {
        if (!failing) log.error({ err: error }, 'the published catalogue could not be taken over; it is tried again');
        failing = true;
      }
    });
  };
  const unlisten = live.listen((news) => {
    if (news.kind === 'published') refresh();
  });
  const timer = setInterval(refresh, ASK_MS);
  return async () => {
    unlisten();
    clearInterval(timer);
    await under;
  };
}
