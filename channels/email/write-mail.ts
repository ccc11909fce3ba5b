import type {
  AttachmentStore,
  ConversationId,
  MessageId,
  OpenQuestion,
  OutgoingReplies,
  OutgoingReply,
  Reference,
  TurnView,
} from '../../domain/index.ts';
import type { Mail, Register } from '../../register/index.ts';
import { buildMail } from './build-mail.ts';
import { composeMail, firstName, type Line, type Topic, titleOf } from './compose.ts';
import { enclose } from './enclosures.ts';
import { bare, domainOf, OWN_MAIL_HEADER, ownMessageId, replyAddress } from './ids.ts';
import { addresseeOf, type Links } from './links.ts';
import type { MailboxSettings } from './settings.ts';
import { mailTexts } from './texts.ts';
import { threadOf } from './threading.ts';

/** A mail as it is handed to a server, and stored under its Message-ID. */
export interface WrittenMail {
  readonly mailbox: MailboxSettings;
  readonly from: string;
  readonly to: string;
  /** Without brackets. */
  readonly internetMessageId: string;
  readonly raw: Buffer;
}

export interface WriteOptions {
  readonly register: Pick<Register, 'turns' | 'mails' | 'people' | 'attachments'>;
  readonly attachments: Pick<AttachmentStore, 'open'>;
  readonly mailboxes: readonly MailboxSettings[];
  readonly links: Links;
  readonly organisation: () => string;
}

/** Why there is no mail to send. */
export class CannotWrite extends Error {
  readonly code = 'MAIL_CANNOT_WRITE';
}

/**
 * Writes the mail for replies that go out as one. It is stored before it is returned; written again after a crash or for a later attempt it has the same
 * Message-ID, date and place in its thread. Nothing is quoted: what the requester wrote she has already, and no internal note can travel with it.
 * @throws CannotWrite; FileHeld while what a colleague sends along is not checked; AttachmentError
 */
export async function writeMail(lines: OutgoingReplies, options: WriteOptions): Promise<WrittenMail> {
  const [first] = lines;
  const { register, organisation } = options;
  const view = await register.turns.next(first.conversation);
  if (!view) throw new CannotWrite('the conversation is not there any more');
  const mails = await register.mails.ofConversation(first.conversation);
  const before = mails.filter(({ message }) => message !== first.id);
  const latestIn = before.findLast(({ direction }) => direction === 'in') ?? null;
  const to = recipientOf(view, latestIn, options.mailboxes);
  const { language } = view.conversation.state;
  const topics = await topicsOf(lines, view, register);
  const references = [...new Set([...topics.values()].flatMap((topic) => topic?.reference ?? []))];
  const mailbox = mailboxOf(latestIn?.mailbox ?? (await mailboxOfCases(first.id, register)), options.mailboxes);
  const stored = await register.mails.outgoing({
    conversation: first.conversation,
    messages: [first.id, ...lines.slice(1).map(({ id }) => id)],
    internetMessageId: bare(ownMessageId(first.id, domainOf(mailbox.address))),
    mailbox: mailbox.name,
    fromAddress: mailbox.address,
    fromName: `${mailTexts(language).desk} ${organisation()}`,
    replyTo: mailbox.plusAddressing ? replyAddress(mailbox.address, first.conversation) : null,
    toAddresses: [to],
    raw: null,
    ...placeInThread(before, first.conversation, firstTitle(topics) ?? first.text.split('\n\n', 1).join(''), references),
  });
  const { person } = view.conversation;
  const enclosures = await enclose(
    lines.flatMap(({ reply }) => reply?.attachments ?? []),
    options,
    (file) => {
      if (!person) throw new CannotWrite('nobody is known who may fetch what is too large for a mail');
      return options.links.file({ conversation: first.conversation, addressee: addresseeOf(person), file }, stored.at);
    },
  );
  const author = await authorOf(lines, register);
  const content = composeMail({
    language,
    organisation: organisation(),
    requester: view.conversation.person?.name ?? null,
    author: firstName(author),
    urgent: isUrgent(view, latestIn),
    lines: lines.map((line) => lineOf(line, topics.get(line.id) ?? null, view)),
    enclosures,
    link: (question, value) => {
      return person && options.links.make({ conversation: first.conversation, question, value, addressee: addresseeOf(person) }, stored.at);
    },
  });
  const automatic = lines.every((line) => line.author === null);
  return {
    mailbox,
    from: mailbox.address,
    to,
    internetMessageId: stored.internetMessageId ?? '',
    raw: await buildMail({
      ...stored,
      from: { name: stored.fromName ?? '', address: stored.fromAddress ?? '' },
      to,
      internetMessageId: stored.internetMessageId ?? '',
      language,
      headers: {
        [OWN_MAIL_HEADER]: first.id,
        // RFC 3834, 5: an answer to a mail, or word that no mail caused; what a colleague wrote is neither.
        ...(automatic ? { 'Auto-Submitted': before.at(-1)?.direction === 'in' ? 'auto-replied' : 'auto-generated' } : {}),
        'X-Auto-Response-Suppress': 'All',
      },
      content,
      files: enclosures.files,
    }),
  };
}

/** The mailbox that the question came by, as long as it can send; else one that can. */
function mailboxOf(cameBy: string | null, mailboxes: readonly MailboxSettings[]): MailboxSettings {
  const sending = mailboxes.filter(({ smtp }) => smtp !== null);
  const mailbox = sending.find(({ name }) => name === cameBy) ?? sending[0];
  if (!mailbox) throw new CannotWrite('no mailbox can send: none has an SMTP server');
  return mailbox;
}

/** Who has not written himself (somebody forwarded his mail) hears from the mailbox that his question came by. */
async function mailboxOfCases(line: MessageId, { mails }: WriteOptions['register']): Promise<string | null> {
  const [latest] = await mails.casesOf(line);
  return latest === undefined ? null : await mails.mailboxOf(latest);
}

/** The requester, whoever else wrote in the conversation. */
function recipientOf(view: TurnView, latestIn: Mail | null, mailboxes: readonly MailboxSettings[]): string {
  const to = view.conversation.person?.address ?? latestIn?.replyTo ?? latestIn?.fromAddress ?? null;
  if (to === null || !/^[^\s@<>]+@[^\s@<>]+$/.test(to)) throw new CannotWrite('the requester has no address');
  const own = mailboxes.flatMap(({ address, aliases }) => [address, ...aliases]);
  if (own.some((address) => address.toLowerCase() === to.toLowerCase())) throw new CannotWrite('the desk does not write to itself');
  return to;
}

function placeInThread(before: readonly Mail[], conversation: ConversationId, title: string, references: readonly Reference[]) {
  const thread = threadOf(before, { about: conversation, title: titleOf(title), references, now: new Date() });
  const { subject, threadIndex, threadTopic, inReplyTo } = thread;
  // In-Reply-To is the last of what is stored: the mail that is answered.
  const chain = inReplyTo === null ? thread.references : [...thread.references.filter((id) => id !== inReplyTo), inReplyTo];
  return { subject, threadIndex, threadTopic, references: chain };
}

async function topicsOf(
  lines: OutgoingReplies,
  view: TurnView,
  register: WriteOptions['register'],
): Promise<ReadonlyMap<MessageId, Topic | null>> {
  const topics = new Map<MessageId, Topic | null>();
  for (const line of lines) {
    const linked = await register.mails.casesOf(line.id);
    const it = linked.flatMap((id) => view.cases.find((known) => known.id === id) ?? [])[0];
    const question = openQuestion(line, view);
    const draft = question && 'draft' in question ? question.draft : null;
    topics.set(
      line.id,
      it
        ? { key: it.id, title: titleOf(it.title), reference: it.reference }
        : draft
          ? { key: draft.text, title: titleOf(draft.text), reference: null }
          : null,
    );
  }
  return topics;
}

function firstTitle(topics: ReadonlyMap<MessageId, Topic | null>): string | null {
  return [...topics.values()].find((topic) => topic !== null)?.title ?? null;
}

function lineOf(line: OutgoingReply, topic: Topic | null, view: TurnView): Line {
  return { reply: line.reply ?? { text: line.text }, topic, question: openQuestion(line, view)?.kind ?? null };
}

function openQuestion({ reply }: OutgoingReply, { conversation }: TurnView): OpenQuestion | null {
  return conversation.state.open.find(({ id }) => id === reply?.ask?.id) ?? null;
}

/** The colleague who says it, when all of it is one's. */
async function authorOf(lines: OutgoingReplies, { people }: WriteOptions['register']): Promise<string | null> {
  const authors = new Set(lines.map(({ author }) => author));
  const [only] = authors;
  return authors.size === 1 && only ? ((await people.byId(only))?.name ?? null) : null;
}

/** Danger was met since the mail that is answered. */
function isUrgent({ conversation }: TurnView, latestIn: Mail | null): boolean {
  return (conversation.state.dangers ?? []).some(({ at }) => latestIn === null || Date.parse(at) >= latestIn.at.getTime());
}
