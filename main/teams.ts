import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Desk, Published } from '../bot/index.ts';
import { type Product, productOf, teamOf } from '../catalogue/index.ts';
import { botbuilderConnector, ColleagueNews, type DeskFacts, Tokens, tabLink, teamsBot, teamsDelivery } from '../channels/teams/index.ts';
import type { AttachmentStore, Case, Delivery, Language, MessageId, OutgoingReplies } from '../domain/index.ts';
import type { DeliverTogether, NoticeMeans } from '../queue/index.ts';
import type { Register } from '../register/index.ts';
import { ConfigError } from './config.ts';
import type { TeamsConfig, TeamsCredential } from './teams-config.ts';

/** Microsoft Teams, wired to the desk. */
export interface Teams {
  readonly deliver: DeliverTogether;
  /** The bot's route; the application must be open for it. */
  serve(app: FastifyInstance, desk: Desk, returned: (messages: readonly MessageId[]) => void): Promise<void>;
  /** How notices reach colleagues who have a chat with the desk. */
  notify(desk: Desk): NoticeMeans;
  /** A case changed: who works an urgent one's queue is told. */
  changed(it: Case, desk: Desk): void;
}

/** More patience than a browser needs: Teams may be away for hours. */
const PATIENCE = { maxAttempts: 12, retryMs: 2_000, longestRetryMs: 30 * 60_000 } as const;

interface TeamsParts {
  readonly register: Register;
  readonly published: Published;
  readonly files: AttachmentStore;
  /** How mails go out, where there is a mailbox. */
  readonly mail: DeliverTogether | null;
  readonly log: Logger;
  readonly url: string;
}

/**
 * @returns null when Teams is not configured: then its route does not exist
 * @throws ConfigError when the certificate cannot be read
 */
export async function openTeams(config: TeamsConfig, parts: TeamsParts): Promise<Teams | null> {
  if (config.kind === 'off') return null;
  const { register, published, files, mail, log, url } = parts;
  const app = config.kind === 'playground' ? null : { appId: config.appId, tokens: await tokensFor(config) };
  const connector = await botbuilderConnector({ app });
  const desks = factsFor(published, url, config);
  const news = (desk: Desk) => new ColleagueNews({ register, desk, desks, log });
  return {
    deliver: {
      together: teamsDelivery({ register, connector, desks, log, instead: (replies) => byMail(replies, register, mail) }),
      patience: PATIENCE,
    },
    serve: async (server, desk, returned) => {
      const access =
        config.kind === 'playground' ? { kind: 'playground' as const } : { kind: 'tenants' as const, allowed: config.allowedTenants };
      await server.register(teamsBot, { prefix: '/api', desk, register, connector, access, desks, files, returned, log });
    },
    notify: (desk) => ({ name: 'teams', send: (notice) => news(desk).notice(notice) }),
    changed: (it, desk) => {
      if (it.urgent && it.state === 'queued') void news(desk).alarm(it);
    },
  };
}

/** Whom Teams does not reach is written to, at an address that is proven to be theirs. */
async function byMail(replies: OutgoingReplies, register: Register, mail: DeliverTogether | null): Promise<Delivery | null> {
  if (!mail) return null;
  const reference = await register.references.of(replies[0].conversation);
  const person = reference?.person ? await register.people.byId(reference.person) : null;
  if (reference?.shared !== false || !person?.verified || person.address === null) return null;
  return await mail.together(replies);
}

/** @throws ConfigError when the certificate cannot be read */
export async function tokensFor({ appId, tenantId, loginUrl, credential }: Extract<TeamsConfig, { kind: 'on' }>): Promise<Tokens> {
  return new Tokens({ appId, tenantId, loginUrl, credential: await readCredential(credential) });
}

async function readCredential(credential: TeamsCredential): Promise<ConstructorParameters<typeof Tokens>[0]['credential']> {
  if (credential.kind === 'secret') return credential;
  const read = async (name: string, file: string): Promise<string> =>
    await readFile(file, 'utf8').catch((error: unknown) => {
      throw new ConfigError([`${name}: ${file} cannot be read (${error instanceof Error ? error.message : String(error)})`]);
    });
  return {
    kind: 'certificate',
    certificate: await read('TEAMS_CERTIFICATE', credential.certificateFile),
    key: await read('TEAMS_CERTIFICATE_KEY', credential.keyFile),
  };
}

/** How the published catalogue and model read what somebody wants to register. */
export function readings(published: Pick<Published, 'current'>): Pick<DeskFacts, 'reading' | 'products'> {
  return {
    reading: (text, language) => {
      const { catalogue, understand } = published.current();
      const { questions } = understand(text, { language, lastProduct: null });
      const [only, ...more] = questions;
      const named = (id: string | null) => (id === null ? null : productOf(catalogue, id));
      const line = ({ name, team }: Product) => `${name[language]} · ${teamOf(catalogue, team)?.name[language] ?? team}`;
      return {
        lines: questions.flatMap(({ product: id }) => {
          const product = named(id);
          return product ? [line(product)] : [];
        }),
        product: more.length === 0 ? (named(only?.product ?? null)?.id ?? null) : null,
        candidates:
          only && more.length === 0
            ? only.top.flatMap(({ product: id }) => {
                const product = named(id);
                return product ? [{ id: product.id, name: line(product) }] : [];
              })
            : [],
      };
    },
    products: (language) =>
      published
        .current()
        .catalogue.products.map(({ id, name }) => ({ id, name: name[language] }))
        .sort((a, b) => a.name.localeCompare(b.name, language)),
  };
}

function factsFor(published: Published, url: string, config: TeamsConfig): DeskFacts {
  const organisation = () => published.current().catalogue.organisation;
  const teamName = (team: string, language: Language) => organisation().teams.find(({ id }) => id === team)?.name[language] ?? team;
  return {
    organisation: () => organisation().name,
    timeZone: () => organisation().timeZone,
    teamName,
    ...readings(published),
    // With an app the links open its tabs, on a phone too.
    caseUrl: (id) => (config.kind === 'on' ? tabLink(config.appId, 'workbench', `case/${id}`) : `${url}/workbench/case/${id}`),
    ownCaseUrl: (reference) => (config.kind === 'on' ? tabLink(config.appId, 'my', reference) : `${url}/my/case/${reference}`),
  };
}
