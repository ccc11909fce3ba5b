import { z } from 'zod';
import { caseCard } from '../../bot/index.ts';
import {
  type Case,
  type CaseId,
  type ConversationId,
  findReferences,
  type IntakeId,
  type Language,
  newId,
  type PersonId,
  parseId,
  type Reference,
} from '../../domain/index.ts';
import type { ListedCase, OwnCase } from '../../register/index.ts';
import { type Activity, kindOf } from './activity.ts';
import { type CardContext, cardOf, noticeCard } from './cards.ts';
import type { InvokeResponse } from './invoke.ts';
import type { TeamsOptions } from './options.ts';
import { addressOf, readReference, referenceOf } from './place.ts';
import { MAX_QUESTION, readForm, registerForm } from './register-form.ts';
import { CARD_TYPE } from './render.ts';
import { languageOf, type Speakers } from './speakers.ts';
import { teamsTexts } from './texts.ts';
import type { Card, TeamsReference } from './types.ts';

const FOUND = 20;

const query = z.object({
  parameters: z
    .array(z.object({ name: z.string(), value: z.unknown() }))
    .max(20)
    .optional(),
});
const link = z.object({ url: z.url().max(2_000) });
const onMessage = z.object({ messagePayload: z.object({ body: z.object({ content: z.string() }) }).optional() });
const submitted = z.object({ data: z.unknown() });

/** The message extension: search one's cases, show a case behind a link, and register what somebody wrote. */
export class Extension {
  readonly #options: TeamsOptions;
  readonly #speakers: Speakers;

  constructor(options: TeamsOptions, speakers: Speakers) {
    this.#options = options;
    this.#speakers = speakers;
  }

  async answer(it: Activity, name: string, value: unknown): Promise<InvokeResponse> {
    switch (name) {
      case 'query':
        return await this.#search(it, value);
      case 'queryLink':
        return await this.#unfurl(it, value);
      case 'fetchTask':
        return this.#form(it, value);
      case 'submitAction':
        return await this.#register(it, value);
      default:
        return { status: 501 };
    }
  }

  /** One's own cases alone. */
  async #search(it: Activity, value: unknown): Promise<InvokeResponse> {
    const parsed = query.safeParse(value);
    const words = parsed.success ? parsed.data.parameters?.find(({ name }) => name !== 'initialRun')?.value : null;
    const person = await this.#speakers.known(it);
    const found = person
      ? await this.#options.register.ownCases.search(person, typeof words === 'string' ? words.slice(0, 200) : '', FOUND)
      : [];
    return results(found.map((listed) => this.#attachment(listed, languageOf(it))));
  }

  /** A case's link shows the case to its requester, and to a colleague who may read it; to everybody else it stays a link. */
  async #unfurl(it: Activity, value: unknown): Promise<InvokeResponse> {
    const { register } = this.#options;
    const parsed = link.safeParse(value);
    const meant = parsed.success ? caseIn(decoded(parsed.data.url)) : null;
    const person = meant ? await this.#speakers.known(it) : null;
    if (!meant || !person) return results([]);
    const own = meant.kind === 'reference' ? await register.ownCases.byReference(person, meant.reference) : null;
    if (own) return results([this.#attachment(own, languageOf(it))]);
    const listed = await this.#readable(it, person, meant);
    return results(listed ? [this.#attachmentForColleague(listed, it)] : []);
  }

  /** The case that a colleague may read; one that is restricted stays in the workbench, whoever he is. */
  async #readable(it: Activity, person: PersonId, meant: CaseInLink): Promise<ListedCase | null> {
    const { cases, signIn } = this.#options.register;
    const directoryId = it.from.aadObjectId;
    const colleague = directoryId ? await signIn.ofDirectory(person, directoryId) : null;
    if (!colleague) return null;
    const found = meant.kind === 'reference' ? await cases.byReference(meant.reference) : await cases.byId(meant.id);
    return found && !found.restricted ? await cases.find(found.id, colleague) : null;
  }

  /** "Register at the desk" on a message: what it says, and how the desk reads it. */
  #form(it: Activity, value: unknown): InvokeResponse {
    const parsed = onMessage.safeParse(value);
    const text = parsed.success ? wordsOf(parsed.data.messagePayload?.body.content ?? '').slice(0, MAX_QUESTION) : '';
    const language = languageOf(it);
    const { desks } = this.#options;
    const card = registerForm(text, text ? desks.reading(text, language) : null, desks.products(language), language);
    return {
      status: 200,
      body: {
        task: {
          type: 'continue',
          value: { title: teamsTexts(language).registerTitle, width: 'medium', height: 'medium', card: asAttachment(card) },
        },
      },
    };
  }

  /** It becomes a question in the person's own chat with the desk, whoever wrote the message. */
  async #register(it: Activity, value: unknown): Promise<InvokeResponse> {
    const { desk, desks, log } = this.#options;
    const parsed = submitted.safeParse(value);
    const texts = teamsTexts(languageOf(it));
    const filledIn = parsed.success ? readForm(parsed.data.data, desks.products(languageOf(it))) : null;
    if (!filledIn) return this.#form(it, value);
    const { question: text, product } = filledIn;
    const conversation = await this.#privateChat(it);
    const received = await desk.receive({
      id: newId<IntakeId>(),
      channel: 'teams',
      source: conversation,
      externalId: it.id ?? newId<IntakeId>(),
      conversation,
      payload: { text, answer: null, ...(product === null ? {} : { product }) },
    });
    if (received.status === 'pending')
      void desk
        .drain(conversation, received.view ?? null)
        .catch((error: unknown) => log.error({ conversation, err: error }, 'a message waits for the next look'));
    return {
      status: 200,
      body: { task: { type: 'continue', value: { title: texts.registerTitle, card: asAttachment(noticeCard(texts.registeredAt)) } } },
    };
  }

  /** The person's own chat with the bot, begun when there is none yet. */
  async #privateChat(it: Activity): Promise<ConversationId> {
    const { register, connector } = this.#options;
    const { person, reference } = await this.#speakers.of(it);
    const known = await register.references.privateOf(person, 'teams');
    if (known && readReference(known.data)) return known.conversation;
    const { serviceUrl, conversation, bot, user, tenant } = reference;
    const chat = await connector.begin({ serviceUrl, conversation, bot }, { id: user, tenantId: tenant });
    const own: TeamsReference = { ...referenceOf(it), kind: 'personal', conversation: chat };
    const seen = await register.references.seen(
      { channel: 'teams', address: addressOf(own), shared: false, person, language: languageOf(it), data: { ...own } },
      newId<ConversationId>(),
    );
    return seen.conversation;
  }

  #attachment({ case: it, worker }: OwnCase, language: Language): object {
    return this.#caseAttachment(it, worker, language, { shared: false, caseLink: this.#options.desks.ownCaseUrl });
  }

  /** Where others read along neither what somebody asked nor who he is is shown. */
  #attachmentForColleague({ case: it, workerName }: ListedCase, where: Activity): object {
    const worker = workerName?.trim().split(/\s+/)[0] ?? null;
    const shared = kindOf(where) !== 'personal';
    return this.#caseAttachment(it, worker, languageOf(where), { shared, caseLink: () => this.#options.desks.caseUrl(it.id) });
  }

  #caseAttachment(it: Case, worker: string | null, language: Language, given: Pick<CardContext, 'shared' | 'caseLink'>): object {
    const { desks } = this.#options;
    const shown = caseCard(it, worker, desks.teamName(it.team, language));
    const context = { language, timeZone: desks.timeZone(), now: new Date(), viewer: null, ...given };
    const text = given.shared ? '' : it.title;
    const card = cardOf([{ message: it.id, reply: { text, card: shown }, open: false, answered: null, case: shown, by: null }], context);
    const preview = { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title: it.reference, text } };
    return { ...asAttachment(card), preview };
  }
}

function asAttachment(content: Card): { readonly contentType: string; readonly content: Card } {
  return { contentType: CARD_TYPE, content };
}

function results(attachments: readonly object[]): InvokeResponse {
  return { status: 200, body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } } };
}

type CaseInLink = { readonly kind: 'reference'; readonly reference: Reference } | { readonly kind: 'id'; readonly id: CaseId };

/** Requesters' links carry a reference, those of the workbench the case's id. */
function caseIn(url: string): CaseInLink | null {
  const [reference] = findReferences(url);
  if (reference) return { kind: 'reference', reference };
  const id = parseId<CaseId>(/\bcase\/([0-9a-f-]{36})\b/i.exec(url)?.[1]?.toLowerCase());
  return id && { kind: 'id', id };
}

/** The reference may stand in an encoded part, as in a link to a tab. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** A message's HTML as words. */
function wordsOf(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/div|\/li)[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(nbsp|lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ nbsp: ' ', lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '',
    )
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
