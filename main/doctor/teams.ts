import { TeamsTokenError } from '../../channels/teams/index.ts';
import { tokensFor } from '../teams.ts';
import type { TeamsConfig } from '../teams-config.ts';
import { attempt, type Check, fine } from './finding.ts';

type On = Extract<TeamsConfig, { kind: 'on' }>;

const SEE = 'see docs/teams.md';
const PATIENCE_MS = 10_000;

/** Whether the login endpoint knows the app and takes its proof, and gives the keys of each tenant that may use the desk. */
export const teams: Check = async ({ config }) => {
  const { teams: configured, publicUrl } = config;
  if (configured.kind === 'off') return [fine('Teams', 'off (TEAMS_APP_ID switches it on; docs/teams.md)')];
  if (configured.kind === 'playground') return [fine('Teams', 'the Agents Playground on this machine alone (TEAMS_PLAYGROUND)')];
  return [
    await attempt('Teams', async () => {
      if (!publicUrl?.startsWith('https:'))
        throw new Error('LOKET_PUBLIC_URL must be an https address that Microsoft can reach: activities come to /api/messages there');
      await (await tokensFor(configured)).get().catch((error: unknown) => {
        throw new Error(inPlainWords(error, configured));
      });
      return `the app ${configured.appId} signs in; messages come to ${publicUrl}/api/messages`;
    }),
    ...(await Promise.all(configured.allowedTenants.map((tenant) => attempt('Teams SSO', () => keysOf(tenant, configured))))),
  ];
};

/** The numbers that Microsoft Entra refuses with (learn.microsoft.com: "Microsoft Entra authentication and authorization error codes"). */
const AADSTS: Readonly<Record<string, (it: On) => string>> = {
  AADSTS7000215: () => "the client secret is not right: TEAMS_APP_PASSWORD takes the secret's value, not its id",
  AADSTS7000222: () => 'the client secret has expired: make a new one and put its value in TEAMS_APP_PASSWORD',
  AADSTS7000216: () => 'a client secret or certificate is needed: TEAMS_APP_PASSWORD, or TEAMS_CERTIFICATE and TEAMS_CERTIFICATE_KEY',
  AADSTS700016: (it) => `the tenant ${it.tenantId} has no app ${it.appId}: TEAMS_APP_ID or TEAMS_TENANT_ID is another one's`,
  AADSTS700027: () => "the certificate is not one of the app registration's, or has expired: upload it there, and check TEAMS_CERTIFICATE",
  AADSTS700024: () => "the proof is not of this moment: set this machine's clock",
  AADSTS7000229: (it) => `the app has no service principal in the tenant ${it.tenantId}: an administrator must give it consent there once`,
  AADSTS7000112: () => 'the app is disabled in the tenant: enable it under Enterprise applications',
  AADSTS90002: (it) => `there is no tenant ${it.tenantId}: check TEAMS_TENANT_ID`,
  AADSTS900023: (it) => `${it.tenantId} is no tenant: check TEAMS_TENANT_ID`,
  AADSTS53003: () => 'a conditional access policy of the tenant blocks the app: exclude this workload identity, or let this address in',
  AADSTS500011: () => 'the tenant does not know the Bot Framework: make the Azure Bot resource first',
};

function inPlainWords(error: unknown, it: On): string {
  if (!(error instanceof TeamsTokenError)) return error instanceof Error ? error.message : String(error);
  const known = error.aadCode === null ? undefined : AADSTS[error.aadCode];
  if (known) return `${known(it)} (${error.aadCode}); ${SEE}`;
  if (error.cause !== undefined)
    return `${new URL(it.loginUrl).host} cannot be reached (${whyUnreached(error.cause)}): it needs outgoing https`;
  return `${error.message}; ${SEE}`;
}

/** The keys by which single sign-on's tokens are checked. */
async function keysOf(tenant: string, it: On): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`${it.loginUrl}/${tenant}/discovery/v2.0/keys`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    throw new Error(`${new URL(it.loginUrl).host} cannot be reached (${whyUnreached(error)}): nobody can sign in to the tabs`);
  }
  if (!response.ok)
    throw new Error(`${new URL(it.loginUrl).host} gives no keys for the tenant ${tenant} (${response.status}): check its id`);
  return `people of ${tenant} can sign in to the tabs`;
}

/** `fetch` hides the reason one deeper. */
function whyUnreached(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause instanceof Error ? whyUnreached(error.cause) : error.message;
}
