import { z } from 'zod';
import type { OpenIdSettings } from '../workbench/index.ts';

/** The settings of the sign-in by OpenID Connect, as `.env.example` explains them. */
export const OIDC_SETTINGS = {
  OIDC_ISSUER: z
    .string()
    .refine((text) => URL.canParse(text) && isSafe(new URL(text)), 'must begin with https:// (http:// is for this machine alone)')
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
} as const;

const shape = z.object(OIDC_SETTINGS);

/** What the settings together say: null when no provider is configured. @returns the problems, a line each, when they do not fit */
export function readOidc(it: Readonly<z.output<typeof shape>>): {
  readonly oidc: OpenIdSettings | null;
  readonly problems: readonly string[];
} {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = it;
  if (issuer === undefined) {
    const without = (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const).find((name) => it[name] !== undefined);
    return { oidc: null, problems: without ? [`${without} is set without OIDC_ISSUER`] : [] };
  }
  if (clientId === undefined) return { oidc: null, problems: ['OIDC_ISSUER is set without OIDC_CLIENT_ID'] };
  if (clientSecret === undefined) return { oidc: null, problems: ['OIDC_ISSUER is set without OIDC_CLIENT_SECRET'] };
  return { oidc: { issuer, clientId, clientSecret, groupsClaim: it.OIDC_GROUPS_CLAIM }, problems: [] };
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
