import { discover } from '../../workbench/index.ts';
import { attempt, type Check, fine } from './finding.ts';

/** Whether the provider answers as one, and can end its sessions. */
export const openid: Check = async ({ config: { oidc } }) => {
  if (!oidc) return [fine('OpenID Connect', 'off; one-time links alone (OIDC_ISSUER switches it on)')];
  return [
    await attempt('OpenID Connect', async () => {
      const provider = await discover(oidc).catch((error: unknown) => {
        throw new Error(`${oidc.issuer} does not answer as an OpenID provider: ${error instanceof Error ? error.message : String(error)}`);
      });
      const ends = provider.serverMetadata().end_session_endpoint !== undefined;
      return `${oidc.issuer} answers${ends ? '' : '; it has no place to sign out: signing out here leaves its own session open'}`;
    }),
  ];
};
