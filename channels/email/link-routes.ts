import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Desk } from '../../bot/index.ts';
import {
  AttachmentError,
  type AttachmentStore,
  type Choice,
  type ConversationId,
  contentHeaders,
  type Language,
  newId,
  type Reply,
  type TurnView,
} from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import { type ApprovalLink, type ApproverPort, approvalPage, decideByLink } from './approval-link.ts';
import { LINK_PAGE_POLICY, type LinkPage, renderLinkPage } from './link-page.ts';
import { addresseeOf, type FileLink, type LinkAnswer, type Links, type SupplierFileLink, supplierAddressee } from './links.ts';
import { mailTexts } from './texts.ts';

export interface MailLinksOptions {
  readonly desk: Pick<Desk, 'receive' | 'drain' | 'approve'>;
  readonly register: Pick<Register, 'turns' | 'conversations' | 'attachments' | 'approvals' | 'supplierMails'>;
  readonly files: Pick<AttachmentStore, 'open'>;
  readonly links: Links;
  /** The organisation's name, as the page shows it. */
  readonly organisation: () => string;
  /** Who approves signs in first; null where the organisation has no sign-in: then whoever has the mail answers. */
  readonly approver: ApproverPort | null;
}

/** A wildcard: a parameter of the router's ends at 100 letters. */
interface LinkRoute {
  Params: { '*': string };
}

/** Where answers by link stand in the ledger; with the question's id as the message's there is one for each question. */
const SOURCE = 'link';
/** So many lines back is looked for the question that a link answers. */
const LOOK_BACK = 200;
/** A reason of 2,000 letters, as a form writes it. */
const FORM_LIMIT = 32 * 1024;
/** The longest that the page waits for what the desk says. */
const ANSWER_WITHIN_MS = 10_000;

/** The pages under `/mail`: looking at one (GET, HEAD) changes nothing, its button (POST) is an answer like any other. */
export async function mailLinks(app: FastifyInstance, options: MailLinksOptions): Promise<void> {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_LIMIT }, (_, text, done) =>
    done(null, text),
  );

  app.get<LinkRoute>('/file/*', async (request, reply) => giveFile(request.params['*'], reply, options));

  app.get<LinkRoute>('/*', async (request, reply) => {
    const found = await open(request.params['*'], options);
    const { approver } = options;
    const page =
      found.kind === 'open' && found.approval && approver
        ? await approvalPage(found.approval, request, { ...options, approver })
        : found.page;
    return show(reply, page, found.language, options);
  });

  app.post<LinkRoute>('/*', async (request, reply) => {
    const found = await open(request.params['*'], options);
    const page = found.kind === 'open' ? await taken(found, request, reply, options) : found.page;
    return show(reply, page, found.language, options);
  });
}

type Found =
  | {
      readonly kind: 'open';
      readonly language: Language;
      readonly answer: LinkAnswer;
      readonly label: string;
      readonly page: LinkPage;
      /** What it approves or refuses; null: it is another question. */
      readonly approval: ApprovalLink | null;
    }
  | { readonly kind: 'closed'; readonly language: Language; readonly page: LinkPage };

/** Gives a file that was too large for the mail, to whom it was sent to. */
async function giveFile(token: string, reply: FastifyReply, options: MailLinksOptions): Promise<FastifyReply> {
  const { links, register } = options;
  const forSupplier = links.readSupplierFile(token);
  if (forSupplier) return await giveSupplier(forSupplier, reply, options);
  const said = links.readFile(token);
  const view = said && (await register.turns.next(said.conversation));
  const person = view?.conversation.person;
  if (
    !said ||
    !person ||
    addresseeOf(person) !== said.addressee ||
    !(await register.attachments.isInConversation(said.file, said.conversation))
  )
    return show(reply, { kind: 'unknown' }, 'nl', options);
  const { language } = view.conversation.state;
  return await giveUnlessExpired(said, reply, language, options);
}

/** Gives a supplier a file that its requester sent about a case that went to him. */
async function giveSupplier(said: SupplierFileLink, reply: FastifyReply, options: MailLinksOptions): Promise<FastifyReply> {
  const { supplierMails, conversations } = options.register;
  const addresses = await supplierMails.addressesOf(said.case);
  const isHis = addresses.some((address) => supplierAddressee(said.case, address) === said.addressee);
  const lines = isHis ? await conversations.ofCase(said.case) : [];
  const isOfCase = lines.some(({ from, attachments }) => from === 'requester' && attachments.some(({ id }) => id === said.file));
  if (!isOfCase) return show(reply, { kind: 'unknown' }, 'nl', options);
  return await giveUnlessExpired(said, reply, 'nl', options);
}

async function giveUnlessExpired(
  said: Pick<FileLink, 'file' | 'expires'>,
  reply: FastifyReply,
  language: Language,
  options: MailLinksOptions,
): Promise<FastifyReply> {
  if (said.expires.getTime() < Date.now()) return show(reply, { kind: 'expired' }, language, options);
  try {
    const { attachment, content } = await options.files.open(said.file);
    return reply
      .headers({ ...contentHeaders(attachment), 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' })
      .send(Readable.from(content));
  } catch (error) {
    if (!(error instanceof AttachmentError) || error.code === 'storage-away') throw error;
    return show(reply, { kind: 'unknown' }, language, options);
  }
}

/** What a link leads to now. */
async function open(token: string, { links, register }: MailLinksOptions): Promise<Found> {
  const said = links.read(token);
  const view = said && (await register.turns.next(said.conversation));
  const person = view?.conversation.person;
  if (!said || !view || !person || addresseeOf(person) !== said.addressee)
    return { kind: 'closed', language: 'nl', page: { kind: 'unknown' } };
  const { language } = view.conversation.state;
  const closed = (kind: 'answered' | 'expired'): Found => ({ kind: 'closed', language, page: { kind } });
  if (said.expires.getTime() < Date.now()) return closed('expired');
  const question = view.conversation.state.open.find(({ id }) => id === said.question);
  const asked = question && (await askedIn(register, said));
  if (!question || !asked) return closed('answered');
  const label = question.kind === 'helped' && said.value === 'no' ? mailTexts(language).notHelped : asked.choice.label;
  const page = {
    kind: 'ask',
    reference: asked.reply.card?.reference ?? referenceOf(view, 'case' in question ? question.case : null),
    question: lastParagraph(asked.reply.text),
    label,
    primary: asked.choice.primary ?? false,
    name: person.name,
  } as const;
  const approval =
    question.kind === 'approval' ? { link: token, case: question.of, value: said.value, question: page.question, label } : null;
  return { kind: 'open', language, answer: said, label, page, approval };
}

/** The reply that asked it, and the choice that was made. */
async function askedIn(
  register: MailLinksOptions['register'],
  { conversation, question, value }: LinkAnswer,
): Promise<{ readonly reply: Reply; readonly choice: Choice } | null> {
  const lines = await register.conversations.timeline(conversation, null, LOOK_BACK);
  const reply = lines.findLast((line) => line.reply?.ask?.id === question)?.reply;
  const choice = reply?.ask?.kind === 'choices' ? reply.ask.choices.find((it) => it.value === value) : undefined;
  return reply && choice ? { reply, choice } : null;
}

function referenceOf({ cases }: TurnView, id: string | null): TurnView['cases'][number]['reference'] | null {
  return cases.find((it) => it.id === id)?.reference ?? null;
}

async function taken(
  found: Extract<Found, { kind: 'open' }>,
  request: FastifyRequest,
  reply: FastifyReply,
  options: MailLinksOptions,
): Promise<LinkPage> {
  const { approver } = options;
  if (!found.approval || !approver) return await answer(found, options);
  const reason = typeof request.body === 'string' ? (new URLSearchParams(request.body).get('reason') ?? '') : '';
  return await decideByLink(found.approval, reason, request, reply, { ...options, approver });
}

async function answer({ answer: said, label }: Extract<Found, { kind: 'open' }>, { desk, register }: MailLinksOptions): Promise<LinkPage> {
  const { conversation, question, value } = said;
  const before = await register.conversations.lastSeq(conversation);
  const received = await desk.receive({
    id: newId(),
    channel: 'email',
    source: SOURCE,
    externalId: question,
    conversation,
    payload: { text: label, answer: { question, value }, pace: 'slow', byLink: true, sender: { kind: 'requester', proven: true } },
  });
  if (received.duplicate) return { kind: 'answered' };
  await within(desk.drain(conversation), ANSWER_WITHIN_MS);
  return { kind: 'done', said: await saidAfter(register, conversation, before) };
}

async function saidAfter(register: MailLinksOptions['register'], conversation: ConversationId, before: number): Promise<string[]> {
  const lines = await register.conversations.timeline(conversation, before);
  return lines.filter(({ from }) => from === 'desk').map(({ text }) => text);
}

function lastParagraph(text: string): string {
  return (
    text
      .trim()
      .split(/\n{2,}/)
      .at(-1) ?? text
  );
}

/** A mail follows whatever the page could still show. */
async function within(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}

const STATUS: Readonly<Record<LinkPage['kind'], number>> = {
  ask: 200,
  done: 200,
  'sign-in': 200,
  decided: 200,
  'not-yours': 403,
  answered: 410,
  expired: 410,
  unknown: 404,
};

function show(reply: FastifyReply, page: LinkPage, language: Language, { organisation }: MailLinksOptions): FastifyReply {
  return reply
    .status(STATUS[page.kind])
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': LINK_PAGE_POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
    .send(renderLinkPage(page, language, organisation()));
}
