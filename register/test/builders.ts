/** What the tests of this room build their situations from. */
import { randomInt } from 'node:crypto';
import { Client } from 'pg';
import {
  type Actor,
  applyEvent,
  type Case,
  type CaseEventName,
  type CasePatch,
  type Channel,
  type ConversationId,
  type ConversationState,
  type Effect,
  type MessageId,
  newId,
  newReference,
  type OpenQuestion,
  type PersonId,
  type QuestionId,
  type Role,
} from '../../domain/index.ts';
import { type Colleague, openRegister, type Register } from '../index.ts';

export const NOW = new Date('2026-03-02T09:00:00.000Z');
export const hours = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000);

export interface Opened {
  readonly register: Register;
  /** As the owner, around the register. */
  ask(sql: string, values?: readonly unknown[]): Promise<unknown[][]>;
  close(): Promise<void>;
}

/** A register on a database of the test's own, which `close` drops. */
export async function openForTest(made: {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  drop(): Promise<void>;
}): Promise<Opened> {
  const register = await openRegister(made, { connections: 12 });
  const owner = await connect(made.ownerUrl);
  return {
    register,
    ask: owner.ask,
    close: async () => {
      await owner.end();
      await register.close();
      await made.drop();
    },
  };
}

export interface Connection {
  /** Rows as arrays. */
  ask(sql: string, values?: readonly unknown[]): Promise<unknown[][]>;
  end(): Promise<void>;
}

export async function connect(url: string): Promise<Connection> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  return {
    ask: async (sql, values = []) => (await client.query<unknown[]>({ text: sql, values: [...values], rowMode: 'array' })).rows,
    end: () => client.end(),
  };
}

export function stateWith(...open: readonly OpenQuestion[]): ConversationState {
  return { language: 'nl', open, lastProduct: null };
}

export function aQuestion(about: Case): OpenQuestion {
  return { kind: 'worker-question', id: newId<QuestionId>(), case: about.id };
}

export async function aConversation(
  register: Register,
  given: {
    readonly channel?: Channel;
    readonly person?: PersonId | null;
    readonly secret?: string | null;
    readonly state?: ConversationState;
  } = {},
): Promise<ConversationId> {
  const id = newId<ConversationId>();
  const { channel = 'web', person = null, secret = null, state = stateWith() } = given;
  await register.conversations.create({ id, channel, person, secret, state });
  return id;
}

/** Somebody whom the channel's sign-in vouches for. */
export async function aPerson(register: Register, name = 'Sanne de Vries', address: string | null = null): Promise<PersonId> {
  return await register.people.known({ channel: 'web', externalId: newId<PersonId>(), name, address }, newId<PersonId>());
}

let colleagues = 0;

export async function aColleague(
  register: Register,
  given: { readonly name?: string; readonly role?: Role; readonly teams?: readonly string[] } = {},
): Promise<Colleague> {
  const { name = 'Anna Bakker', role = 'worker', teams = [] } = given;
  colleagues += 1;
  const address = `colleague-${colleagues}@example.org`;
  for (const team of [null, ...teams]) await register.signIn.invite({ address, name, role, team, by: null });
  const { token } = await register.signIn.invite({ address, name, role, team: null, by: null });
  const spent = await register.signIn.spend(token);
  if (!spent) throw new Error('the link was not taken');
  return spent.colleague;
}

/** A case as it stands after its `opened`. */
export function aCase(conversation: ConversationId, given: Partial<Case> = {}): Case {
  return {
    id: newId(),
    reference: newReference((below) => randomInt(below)),
    conversation,
    person: null,
    channel: 'web',
    language: 'nl',
    product: 'climate',
    kind: 'fault',
    team: 'facilities',
    state: 'open',
    round: 0,
    events: 1,
    title: 'Te warm in 3.14',
    text: 'het is bloedheet in kamer 3.14',
    values: { room: '3.14' },
    why: { rule: 'classified', confidence: 0.9, runnersUp: [], words: [], catalogue: 'c1', model: 'm1' },
    restricted: false,
    urgent: false,
    priority: 'normal',
    disruption: null,
    part: null,
    divided: false,
    approval: null,
    handler: null,
    worker: null,
    openedAt: NOW,
    respondBy: hours(4),
    completeBy: hours(24),
    expectedBy: null,
    readyAt: null,
    closedAt: null,
    ...given,
  };
}

const DESK: Actor = { kind: 'desk' };

/** The effect that registers a case as it stands. */
export function registered(it: Case): Effect {
  return { kind: 'case', case: it, event: { name: 'opened', actor: { kind: 'requester' }, at: it.openedAt, data: {} } };
}

/** The effect of an event, with the case after it. */
export function happened(
  before: Case,
  name: CaseEventName,
  actor: Actor = DESK,
  patch: CasePatch = {},
  at = NOW,
): Extract<Effect, { kind: 'case' }> {
  const event = { name, actor, at, data: {} };
  return { kind: 'case', case: applyEvent(before, event, patch), event };
}

export function said(text: string, about: readonly Case[] = [], author: PersonId | null = null): Extract<Effect, { kind: 'say' }> {
  return { kind: 'say', message: { id: newId<MessageId>(), author, reply: { text }, cases: about.map((it) => it.id) } };
}

/** Carries effects out that no message caused, upon what the conversation is now. */
export async function carryOut(register: Register, conversation: ConversationId, effects: readonly Effect[], at = NOW) {
  const view = await register.turns.next(conversation);
  if (!view) throw new Error('no such conversation');
  const committed = await register.turns.commit({ conversation, version: view.conversation.version, at, incoming: null, effects });
  if (committed.kind === 'conflict') throw new Error('a conflict');
  return committed;
}
