import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { type Blobs, Clamd, DiskBlobs, Files, S3Blobs, type Scanner, tendFiles } from '../files/index.ts';
import type { Register } from '../register/index.ts';
import type { Config } from './config.ts';

/** Where files are kept, as configured. */
export function blobsOf({ files: { place }, dataFolder }: Pick<Config, 'files' | 'dataFolder'>): Blobs {
  return place.kind === 's3' ? new S3Blobs(place) : new DiskBlobs(join(resolve(dataFolder), 'files'));
}

export function scannerOf({ files: { clamd } }: Pick<Config, 'files'>): Scanner | null {
  return clamd && new Clamd(clamd);
}

/** The files of a running desk: kept, checked, and tended. @param tend whether this process looks after those that wait to be checked, or belong to nothing */
export function openFiles(
  config: Config,
  register: Pick<Register, 'attachments' | 'leases' | 'live'>,
  tend: boolean,
  log: Logger,
): { readonly files: Files; readonly blobs: Blobs; readonly close: () => Promise<void> } {
  const blobs = blobsOf(config);
  const { largest, refused } = config.files;
  const files = new Files({
    blobs,
    attachments: register.attachments,
    scanner: scannerOf(config),
    largest,
    refused,
    judged: (id) => {
      register.attachments.casesOf(id).then(
        (cases) => register.live.publish(cases.map((it) => ({ kind: 'case', id: it.id, team: it.team, from: null }))),
        (error) => log.error({ err: error }, 'the news of a checked file could not be told'),
      );
    },
  });
  if (!tend) return { files, blobs, close: async () => {} };
  const close = tendFiles(files, register.leases, (error) => log.error({ err: error }, 'tending the files failed'));
  return { files, blobs, close };
}
