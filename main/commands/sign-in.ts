import { loadCatalogue } from '../../catalogue/index.ts';
import { ROLES, type Role } from '../../domain/index.ts';
import { signInUrl } from '../../workbench/index.ts';
import type { Config } from '../config.ts';
import { withRegister } from '../register-access.ts';
import { UsageError } from '../usage-error.ts';

export interface SignInOptions {
  readonly role: string;
  readonly team?: string;
  readonly name?: string;
  readonly directoryId?: string;
  readonly json?: boolean;
}

/** `loket sign-in ADDRESS --role R --team T`: makes somebody known and prints a one-time link. */
export async function signIn(config: Config, address: string, options: SignInOptions): Promise<void> {
  const role = roleOf(options.role);
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new UsageError(`"${address}" is not an email address`);
  await knownTeam(config, options.team);
  const { token, expiresAt } = await withRegister(config, (register) =>
    register.signIn.invite({
      address,
      name: options.name ?? null,
      role,
      team: options.team ?? null,
      by: null,
      directoryId: options.directoryId ?? null,
    }),
  );
  const url = signInUrl(config.publicUrl ?? `http://${config.host}:${config.port}`, token);
  if (options.json) return console.log(JSON.stringify({ address, role, team: options.team ?? null, url, expiresAt }));
  console.log(
    `${address} signs in once, before ${expiresAt.toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit' })}, with:\n${url}`,
  );
}

function roleOf(text: string): Role {
  const role = ROLES.find((it) => it === text);
  if (!role) throw new UsageError(`"${text}" is not a role; it is one of ${ROLES.join(', ')}`);
  return role;
}

async function knownTeam(config: Config, team: string | undefined): Promise<void> {
  if (team === undefined) return;
  const loaded = await loadCatalogue(config.catalogueFolder);
  if (loaded.kind !== 'ok') return;
  const teams = loaded.catalogue.organisation.teams.map(({ id }) => id);
  if (!teams.includes(team)) throw new UsageError(`"${team}" is not a team; it is one of ${teams.join(', ')}`);
}
