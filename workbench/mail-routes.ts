import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { CaseAction, Desk } from '../bot/index.ts';
import { type Case, type CaseId, type ConversationId, idFrom, type MessageId, type PersonId, parseId, scopeOf } from '../domain/index.ts';
import { type CaseMail, type Colleague, type ListedCase, type Register, SEND_OUTCOMES } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { CaseMails, MailView, SendList } from './protocol.ts';
import { read } from './read.ts';
import type { Sessions } from './session.ts';

export interface MailRouteOptions {
  readonly register: Pick<Register, 'caseMails' | 'sendLog'>;
  readonly sessions: Sessions;
  /** Where the sources of mails are kept. */
  readonly sources: { open(key: string): Promise<AsyncIterable<Uint8Array>> };
  /** The desk's own addresses: that a mail was sent there goes without saying. */
  readonly ownAddresses: readonly string[];
  /** The case that a colleague asks for. @throws WorkbenchError `not-found` when it is not his to see */
  readonly found: (id: string, colleague: Colleague) => Promise<ListedCase>;
}

const page = z.object({
  outcome: z.enum(SEND_OUTCOMES).optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/** The mails of a case with their sources, and the log of what was sent. */
export async function mailRoutes(app: FastifyInstance, options: MailRouteOptions): Promise<void> {
  const { register, sessions, sources, found } = options;
  const own = new Set(options.ownAddresses.map((address) => address.toLowerCase()));

  app.get<{ Params: { id: string } }>('/cases/:id/mails', async (request): Promise<CaseMails> => {
    const { case: it } = await found(request.params.id, await sessions.colleague(request));
    const [mails, sends] = await Promise.all([register.caseMails.ofCase(it.id), register.sendLog.ofCase(it.id)]);
    return {
      arrivals: mails.map((mail) => mailView(mail, own)),
      sends: sends.map((send) => ({ ...send, at: send.at.toISOString() })),
    };
  });

  app.get<{ Params: { id: string; mail: string } }>('/cases/:id/mails/:mail/source', async (request, reply): Promise<FastifyReply> => {
    const { case: it } = await found(request.params.id, await sessions.colleague(request));
    const id = parseId<MessageId>(request.params.mail);
    const mail = id && (await register.caseMails.find(it.id, id));
    if (!mail?.raw) throw new WorkbenchError('not-found');
    return await sendSource(reply, `${it.reference}-${mail.id}.eml`, await sources.open(mail.raw));
  });

  app.get('/sends', async (request): Promise<SendList> => {
    const colleague = await sessions.colleague(request);
    const { role } = colleague;
    if (scopeOf(role, 'administer') === 'none' && scopeOf(role, 'read-audit') === 'none') throw new WorkbenchError('not-allowed');
    const rows = await register.sendLog.page(colleague, read(page, request.query));
    return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: rows.at(-1)?.id ?? null };
  });
}

/** A mail's source as a file to be saved. It is never shown in place: a mail may hold anything. */
export async function sendSource(reply: FastifyReply, name: string, content: AsyncIterable<Uint8Array>): Promise<FastifyReply> {
  return reply
    .type('application/octet-stream')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .send(Readable.from(content));
}

/**
 * The action that makes who wrote a forwarded mail the case's requester.
 * @throws WorkbenchError `not-found` when the mail is not of this case, or was forwarded by nobody
 */
export async function choosingRequester(
  { id: of, person: current }: Pick<Case, 'id' | 'person'>,
  mail: string,
  { caseMails, people }: Pick<Register, 'caseMails' | 'people'>,
): Promise<Extract<CaseAction, { action: 'set-requester' }>> {
  const id = parseId<MessageId>(mail);
  const forwarded = id && (await caseMails.find(of, id));
  if (!forwarded?.forwardedAddress) throw new WorkbenchError('not-found');
  const { forwardedAddress: address, forwardedName: name } = forwarded;
  // Pressed once more he is the same, though nothing of him is proven.
  const now = current && (await people.byId(current));
  const isSame = now?.address?.toLowerCase() === address.toLowerCase();
  const person = now && isSame ? now.id : await people.saidToBe({ name: name ?? address, address });
  return { action: 'set-requester', person, name: name ?? address };
}

/**
 * Goes on with who was chosen: what is said about the case is mailed to him, in a conversation of his own, and he may answer. Done again it changes
 * nothing.
 */
export async function goOnWith(
  person: PersonId,
  of: CaseId,
  { register, desk }: { readonly register: Pick<Register, 'conversations' | 'turns'>; readonly desk: Pick<Desk, 'goOnIn'> },
): Promise<void> {
  const place = (await register.turns.viewOfCase(of))?.conversation;
  if (!place || place.person?.id === person) return;
  const conversation = idFrom<ConversationId>('requester', of, person);
  const state = { language: place.state.language, open: [], lastProduct: null };
  await register.conversations.create({ id: conversation, channel: 'email', person, secret: null, state });
  await desk.goOnIn(conversation, of);
}

function mailView(mail: CaseMail, own: ReadonlySet<string>): MailView {
  const { id, at, fromName, fromAddress, trusted, subject, alsoIn, forwardedAddress, forwardedName, raw } = mail;
  const others = mail.toAddresses.filter((address) => !own.has(address.toLowerCase()) && !own.has(withoutToken(address)));
  return {
    id,
    at: at.toISOString(),
    from: { name: fromName, address: fromAddress },
    trusted,
    subject,
    others: [...new Set(others)],
    alsoIn,
    forwarded: forwardedAddress === null ? null : { name: forwardedName, address: forwardedAddress },
    hasSource: raw !== null,
  };
}

/** `desk+token@example.org` is the desk too. */
function withoutToken(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*@/, '@');
}
