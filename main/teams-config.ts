import { z } from 'zod';

const guid = z
  .string()
  .regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'must be a GUID such as 00000000-0000-0000-0000-000000000000')
  .transform((text) => text.toLowerCase());

/** The settings of Microsoft Teams, as `.env.example` explains them. */
export const TEAMS_SETTINGS = {
  TEAMS_APP_ID: guid.optional(),
  TEAMS_TENANT_ID: guid.optional(),
  TEAMS_ALLOWED_TENANTS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(guid))
    .default([]),
  TEAMS_APP_PASSWORD: z.string().min(1).optional(),
  TEAMS_CERTIFICATE: z.string().min(1).optional(),
  TEAMS_CERTIFICATE_KEY: z.string().min(1).optional(),
  TEAMS_LOGIN_URL: z
    .string()
    .refine((text) => URL.canParse(text) && isSafe(new URL(text)), 'must begin with https:// (http:// is for this machine alone)')
    .transform((text) => text.replace(/\/+$/, ''))
    .default('https://login.microsoftonline.com'),
  TEAMS_PLAYGROUND: z.enum(['0', '1']).default('0'),
} as const;

/** How the app proves who it is at the login endpoint. */
export type TeamsCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** Paths of PEM files. */
  | { readonly kind: 'certificate'; readonly certificateFile: string; readonly keyFile: string };

/** What of Microsoft Teams is switched on. */
export type TeamsConfig =
  | { readonly kind: 'off' }
  /** The Microsoft 365 Agents Playground on this machine: no account, no credentials, joined to no existing person. */
  | { readonly kind: 'playground' }
  | {
      readonly kind: 'on';
      /** The client id of the app registration, which is the bot's id too. */
      readonly appId: string;
      /** The tenant of the app registration. */
      readonly tenantId: string;
      /** Whose people may use it: with a single-tenant registration the own tenant alone. */
      readonly allowedTenants: readonly string[];
      readonly multiTenant: boolean;
      readonly credential: TeamsCredential;
      /** Where tokens and their keys come from, without a slash at the end. */
      readonly loginUrl: string;
    };

const shape = z.object(TEAMS_SETTINGS);
type Given = Readonly<z.output<typeof shape>>;

/** What the settings together say. @returns the problems, a line each, when they do not fit */
export function readTeams(it: Given, publicUrl: string | null): { readonly teams: TeamsConfig; readonly problems: readonly string[] } {
  const off = { kind: 'off' } as const;
  if (it.TEAMS_PLAYGROUND === '1') {
    const problems = [
      ...(it.TEAMS_APP_ID ? ['TEAMS_PLAYGROUND is for trying without credentials: take it away, or TEAMS_APP_ID'] : []),
      ...(publicUrl ? ['TEAMS_PLAYGROUND is for this machine alone: it cannot be set together with LOKET_PUBLIC_URL'] : []),
    ];
    return { teams: { kind: 'playground' }, problems };
  }
  const { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId } = it;
  if (!appId) {
    const without = (
      ['TEAMS_TENANT_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_CERTIFICATE', 'TEAMS_CERTIFICATE_KEY'] satisfies (keyof Given)[]
    ).find((name) => it[name]);
    return { teams: off, problems: without ? [`${without} is set without TEAMS_APP_ID`] : [] };
  }
  const credential = readCredential(it);
  const problems = [
    ...(tenantId ? [] : ['TEAMS_APP_ID is set without TEAMS_TENANT_ID, the directory (tenant) of the app registration']),
    ...(typeof credential === 'string' ? [credential] : []),
  ];
  if (!tenantId || typeof credential === 'string') return { teams: off, problems };
  const others = it.TEAMS_ALLOWED_TENANTS;
  return {
    teams: {
      kind: 'on',
      appId,
      tenantId,
      allowedTenants: [...new Set([tenantId, ...others])],
      multiTenant: others.length > 0,
      credential,
      loginUrl: it.TEAMS_LOGIN_URL,
    },
    problems,
  };
}

function readCredential(it: Given): TeamsCredential | string {
  const { TEAMS_APP_PASSWORD: secret, TEAMS_CERTIFICATE: certificateFile, TEAMS_CERTIFICATE_KEY: keyFile } = it;
  if (secret && (certificateFile || keyFile))
    return 'TEAMS_APP_PASSWORD and TEAMS_CERTIFICATE are both set: one of them proves who the app is';
  if (secret) return { kind: 'secret', secret };
  if (certificateFile && keyFile) return { kind: 'certificate', certificateFile, keyFile };
  if (certificateFile || keyFile)
    return 'TEAMS_CERTIFICATE and TEAMS_CERTIFICATE_KEY belong together: the certificate and its private key, as PEM files';
  return 'TEAMS_APP_ID is set without TEAMS_APP_PASSWORD, or TEAMS_CERTIFICATE and TEAMS_CERTIFICATE_KEY';
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
