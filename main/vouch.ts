import { applicationIdUri, SsoRefusal, SsoVerifier } from '../channels/teams/index.ts';
import { ChatError, readVisitorToken } from '../channels/web/index.ts';
import type { Vouch } from '../workbench/index.ts';
import type { Config } from './config.ts';

interface Log {
  warn(data: object, message: string): void;
}

/** The ways of signing in to the desk's own pages that are switched on: Teams' single sign-on and the intranet's token. */
export function vouching(config: Config, publicUrl: string, log: Log): { readonly teams: Vouch | null; readonly intranet: Vouch | null } {
  return { teams: byTeams(config, publicUrl, log), intranet: byIntranet(config.chatKey) };
}

function byTeams({ teams }: Config, publicUrl: string, log: Log): Vouch | null {
  if (teams.kind !== 'on') return null;
  const { appId, allowedTenants, loginUrl } = teams;
  const verifier = new SsoVerifier({ appId, allowedTenants, loginUrl, applicationIdUri: applicationIdUri(publicUrl, appId) });
  return async (token) => {
    try {
      const { objectId, name, address } = await verifier.verify(token);
      return { channel: 'teams', externalId: objectId, name, address, directoryId: objectId };
    } catch (error) {
      if (!(error instanceof SsoRefusal)) throw error;
      log.warn({ err: error }, 'a sign-in by Teams was refused');
      if (error.code === 'tenant') return 'tenant-refused';
      return error.code === 'unreachable' ? 'login-unreachable' : 'bad-token';
    }
  };
}

function byIntranet(key: string | null): Vouch | null {
  if (key === null) return null;
  return async (token) => {
    try {
      return { channel: 'web', ...(await readVisitorToken(token, key)), directoryId: null };
    } catch (error) {
      if (error instanceof ChatError) return 'bad-token';
      throw error;
    }
  };
}
