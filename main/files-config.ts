import { z } from 'zod';
import { type ClamdAddress, parseClamdAddress, type S3Options } from '../files/index.ts';

/** What a Windows machine runs when it is opened, and what Office runs without asking. */
const REFUSED =
  'exe com bat cmd msi msp scr pif cpl dll sys jar js jse vbs vbe wsf wsh hta ps1 psm1 lnk url reg chm iso img vhd application appref-ms';
const MEGABYTE = 1024 * 1024;

/** The settings of files, as `.env.example` explains them. */
export const FILES_SETTINGS = {
  LOKET_FILE_MAX_MB: z.coerce.number().int().min(1).max(1000).default(25),
  LOKET_FILE_REFUSED: z
    .string()
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .map((ending) => ending.replace(/^\./, ''))
        .filter(Boolean),
    )
    .default(REFUSED.split(' ')),
  CLAMD_URL: z
    .string()
    .transform((text, context) => {
      const address = parseClamdAddress(text);
      if (address) return address;
      context.addIssue({ code: 'custom', message: 'must be such as tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl' });
      return z.NEVER;
    })
    .optional(),
  S3_URL: z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).search === '',
      'must be an address with the bucket in it, such as https://s3.example.org/desk-files',
    )
    .optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
} as const;

export interface FilesConfig {
  /** The largest file that is taken, in bytes. */
  readonly largest: number;
  /** Endings of names that are refused. */
  readonly refused: readonly string[];
  readonly clamd: ClamdAddress | null;
  readonly place: { readonly kind: 'disk' } | ({ readonly kind: 's3' } & S3Options);
}

const shape = z.object(FILES_SETTINGS);

/** What the settings together say. @returns the problems, a line each, when they do not fit */
export function readFiles(it: Readonly<z.output<typeof shape>>): { readonly files: FilesConfig; readonly problems: readonly string[] } {
  const common = { largest: it.LOKET_FILE_MAX_MB * MEGABYTE, refused: it.LOKET_FILE_REFUSED, clamd: it.CLAMD_URL ?? null };
  const { S3_URL: url, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = it;
  if (url && accessKeyId && secretAccessKey)
    return { files: { ...common, place: { kind: 's3', url, region, accessKeyId, secretAccessKey } }, problems: [] };
  const disk = { ...common, place: { kind: 'disk' } } as const;
  if (url) return { files: disk, problems: ['S3_URL is set without S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY'] };
  if (accessKeyId || secretAccessKey)
    return { files: disk, problems: [`${accessKeyId ? 'S3_ACCESS_KEY_ID' : 'S3_SECRET_ACCESS_KEY'} is set without S3_URL`] };
  return { files: disk, problems: [] };
}
