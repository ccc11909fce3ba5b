import { z } from 'zod';

const SHORTEST = 16;

/** Secrets of handlers, by the handler's id: what they sign with, and what their headers may carry. */
export type HandlerSecrets = ReadonlyMap<string, string>;

/** Never shown in an error: what is wrong is said without it. */
export const HANDLER_SETTINGS = {
  LOKET_HANDLER_SECRETS: z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean).map(readSecret))
    .refine(
      (pairs) => pairs.every((pair) => pair !== null),
      `must be id=secret, separated by blanks, each secret of at least ${SHORTEST} characters`,
    )
    .transform((pairs): HandlerSecrets => new Map(pairs.filter((pair) => pair !== null)))
    .default(new Map()),
} as const;

function readSecret(text: string): readonly [id: string, secret: string] | null {
  const [, id, secret] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(text) ?? [];
  return id && secret && secret.length >= SHORTEST ? [id, secret] : null;
}
