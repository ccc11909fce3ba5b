import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { idFrom, type Language, type MessageId } from '../../domain/index.ts';
import { type Activity, eventOf, readActivity, tenantOf } from './activity.ts';
import { TEAMS_ERRORS, TeamsError } from './errors.ts';
import { Extension } from './extension.ts';
import { FileConsents } from './files-out.ts';
import { CardActions, type InvokeResponse } from './invoke.ts';
import type { TeamsOptions } from './options.ts';
import { requireLoopback, requireLoopbackService } from './playground.ts';
import { Receiver } from './receive.ts';
import { languageOf, Speakers } from './speakers.ts';
import { teamsTexts } from './texts.ts';

const BODY_LIMIT = 512 * 1024;

/** `POST /api/messages`: everything that Teams has to say to the bot. */
export async function teamsBot(app: FastifyInstance, options: TeamsOptions): Promise<void> {
  const channel = new TeamsChannel(options);
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  app.post('/messages', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const { status, body } = await channel.take(request);
    return reply.status(status).send(body);
  });
}

class TeamsChannel {
  readonly #options: TeamsOptions;
  readonly #speakers: Speakers;
  readonly #receiver: Receiver;
  readonly #actions: CardActions;
  readonly #extension: Extension;
  readonly #consents: FileConsents;

  constructor(options: TeamsOptions) {
    this.#options = options;
    this.#speakers = new Speakers(options.register, options.connector, options.access.kind === 'playground');
    this.#receiver = new Receiver(options);
    this.#actions = new CardActions(options);
    this.#extension = new Extension(options, this.#speakers);
    this.#consents = new FileConsents(options);
  }

  /** @throws TeamsError when the sender may not come in, or what it sent is no activity */
  async take(request: FastifyRequest): Promise<InvokeResponse> {
    const { access, connector } = this.#options;
    if (access.kind === 'playground') requireLoopback(request.raw);
    const activity = readActivity(request.body);
    if (access.kind === 'playground') requireLoopbackService(activity.serviceUrl);
    else {
      await connector.authenticate(activity, request.headers.authorization ?? '');
      const tenant = tenantOf(activity);
      if (tenant === null || !access.allowed.includes(tenant)) throw new TeamsError('tenant-not-allowed', `tenant ${tenant ?? 'unknown'}`);
    }
    return await this.#handle(activity);
  }

  async #handle(it: Activity): Promise<InvokeResponse> {
    const event = eventOf(it);
    // What the bot itself says comes back in some channels.
    if (it.from.id === it.recipient?.id && event.kind !== 'installed' && event.kind !== 'removed') return ACCEPTED;
    switch (event.kind) {
      case 'message':
        await this.#receiver.message(it, await this.#speakers.of(it));
        return ACCEPTED;
      case 'card-values':
        await this.#receiver.values(it, await this.#speakers.of(it), event.data);
        return ACCEPTED;
      case 'edited':
        await this.#receiver.edited(it, await this.#speakers.of(it));
        return ACCEPTED;
      case 'deleted':
        await this.#receiver.deleted(it, await this.#speakers.of(it));
        return ACCEPTED;
      case 'installed':
        await this.#installed(it);
        return ACCEPTED;
      case 'removed':
        await this.#removed(it);
        return ACCEPTED;
      case 'card-action':
        return await this.#actions.act(it, await this.#speakers.of(it), event.verb, event.data);
      case 'extension':
        return await this.#extension.answer(it, event.name, event.value);
      case 'file-consent':
        await this.#consents.take(event.value, it.replyToId ?? null, await this.#speakers.of(it), languageOf(it));
        return ACCEPTED;
      case 'unknown-invoke':
        this.#options.log.info({ invoke: event.name }, 'an invoke of Teams that the desk does not know');
        return { status: 501 };
      case 'unsupported':
        return ACCEPTED;
      default:
        return event satisfies never;
    }
  }

  /** A welcome, once, to who installed it for themselves; in a chat or team of many the desk waits until it is spoken to. */
  async #installed(it: Activity): Promise<void> {
    const speaker = await this.#speakers.of(it);
    if (speaker.reference.kind !== 'personal') return;
    const { desk, desks, register } = this.#options;
    const person = await register.people.byId(speaker.person);
    const language: Language = (await register.references.of(speaker.conversation))?.language ?? languageOf(it);
    const [first = null] = person?.name.split(/\s+/) ?? [];
    const text = teamsTexts(language).welcome(first === 'Teams' ? null : first, desks.organisation());
    await desk.tell(speaker.conversation, idFrom<MessageId>(speaker.conversation, 'welcome'), { text });
  }

  async #removed(it: Activity): Promise<void> {
    const speaker = await this.#speakers.of(it);
    this.#speakers.forget(speaker.reference);
    await this.#options.register.references.unreachable(speaker.conversation, 'the app was removed');
  }
}

const ACCEPTED: InvokeResponse = { status: 200 };

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asTeamsError(error);
  if (known.code === 'failed') request.log.error({ err: error }, 'an activity of Teams could not be taken in');
  else request.log.warn({ code: known.code, detail: known.message }, 'a request to the bot was refused');
  return reply.status(known.status).send({ error: { code: known.code, message: TEAMS_ERRORS[known.code].message } });
}

/** The one place where errors of the framework become the channel's own. */
function asTeamsError(error: unknown): TeamsError {
  if (error instanceof TeamsError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new TeamsError('too-long');
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : null;
  if (error instanceof SyntaxError || status === 400 || status === 415) return new TeamsError('not-an-activity');
  return new TeamsError('failed');
}
