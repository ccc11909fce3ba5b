import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Desk } from '../bot/index.ts';
import {
  type Attachment,
  type AttachmentId,
  type AttachmentStore,
  contentOf,
  type DisruptionId,
  isAllowed,
  KINDS,
  LANGUAGES,
  MAX_ATTACHMENTS,
  MEANS,
  type MessageId,
  type PassedOn,
  parseId,
  type RegisteredForOther,
  type RegisterForOther,
  readOut,
  readUpload,
  storable,
} from '../domain/index.ts';
import type { CallBack, CallBackViewer, Colleague, Register } from '../register/index.ts';
import { orRefuse } from './attachment-routes.ts';
import { WorkbenchError } from './errors.ts';
import { mayRegister, requireAgent } from './may-register.ts';
import { readPerson } from './people-routes.ts';
import type { CallBackList, CallBackView, Proposal, RegisteredCase } from './protocol.ts';
import { read } from './read.ts';
import { renderRow } from './render.ts';
import type { Sessions } from './session.ts';

/** How the desk's own channel takes things in. */
export interface RegistrationPort {
  register(it: RegisterForOther): Promise<RegisteredForOther>;
  passOn(it: PassedOn): Promise<void>;
}

interface RegisterRouteOptions {
  readonly desk: Pick<Desk, 'propose' | 'called'>;
  readonly register: Register;
  readonly files: AttachmentStore;
  readonly sessions: Sessions;
  readonly registration: RegistrationPort;
}

const MAX_TEXT = 8_000;
const MAX_VALUE = 4_000;
const MAX_FIELDS = 50;
const OPEN: ReadonlySet<string> = new Set(['open', 'queued', 'claimed', 'waiting']);
const LOOKED_AT = 30;
const BODY_LIMIT = 256 * 1024;

const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((it) => storable(it).trim());
const uuid = z.uuid().transform((id) => id.toLowerCase());
const values = z.record(z.string().max(100), text(MAX_VALUE)).refine((it) => Object.keys(it).length <= MAX_FIELDS, 'too many fields');
const story = z.object({
  text: text(MAX_TEXT),
  language: z.enum(LANGUAGES),
  product: z.string().max(100).nullable().optional(),
  kind: z.enum(KINDS).optional(),
  values,
});
const lookRequest = story.extend({ person: z.uuid().transform(readPerson).optional() });
const registerRequest = story.extend({
  id: uuid,
  text: text(MAX_TEXT).pipe(z.string().min(1)),
  means: z.enum(MEANS),
  requester: z.union([
    z.object({ id: z.uuid().transform(readPerson), phone: text(40).optional() }),
    z.object({ name: text(120).pipe(z.string().min(1)), phone: text(40).optional() }),
  ]),
  attachments: z
    .array(uuid)
    .max(MAX_ATTACHMENTS)
    .transform((ids) => [...new Set(ids)].flatMap((id) => parseId<AttachmentId>(id) ?? []))
    .default([]),
  answered: z.string().max(100).optional(),
  disruption: uuid
    .transform((id) => parseId<DisruptionId>(id))
    .nullable()
    .optional(),
});
const answer = z.object({
  id: uuid,
  question: uuid,
  value: text(MAX_VALUE).pipe(z.string().min(1)),
  text: text(MAX_VALUE).pipe(z.string().min(1)),
});
const calledRequest = z.object({
  messages: z
    .array(uuid.transform((id) => parseId<MessageId>(id)))
    .min(1)
    .max(200),
  reached: z.boolean(),
  answer: answer.optional(),
});

/** An agent at the desk: registering for others, and calling back who cannot be written to. */
export async function registerRoutes(app: FastifyInstance, options: RegisterRouteOptions): Promise<void> {
  const { desk, register, sessions, registration } = options;

  app.post('/register/look', { bodyLimit: BODY_LIMIT }, async (request): Promise<Proposal> => {
    const colleague = requireAgent(await sessions.colleague(request));
    const { person, ...typed } = read(lookRequest, request.body);
    const [proposal, cases] = await Promise.all([
      desk.propose({ ...typed, channel: 'desk' }),
      person ? register.cases.ofPerson(person, colleague, LOOKED_AT) : [],
    ]);
    const open = cases
      .filter(({ case: it }) => OPEN.has(it.state))
      .map((it) => ({ ...renderRow(it), alike: it.case.product !== null && it.case.product === proposal.product }));
    return { ...proposal, open: open.sort((a, b) => Number(b.alike) - Number(a.alike)) };
  });

  app.post('/register', { bodyLimit: BODY_LIMIT }, async (request): Promise<RegisteredCase> => {
    const colleague = requireAgent(await sessions.colleague(request));
    const wanted = read(registerRequest, request.body);
    const { requester } = wanted;
    if ('id' in requester && !(await register.people.byId(requester.id))) throw new WorkbenchError('unknown-person');
    return await registration.register({
      id: wanted.id,
      by: colleague.id,
      requester:
        'id' in requester
          ? { kind: 'known', id: requester.id, phone: requester.phone || null }
          : { kind: 'new', name: requester.name, phone: requester.phone || null },
      language: wanted.language,
      text: wanted.text,
      attachments: wanted.attachments,
      registration: {
        means: wanted.means,
        product: wanted.product,
        kind: wanted.kind,
        values: wanted.values,
        answered: wanted.answered,
        disruption: wanted.disruption,
      },
    });
  });

  app.post<{ Params: { id: string } }>('/register/:id/answer', async (request): Promise<Record<string, never>> => {
    const colleague = requireAgent(await sessions.colleague(request));
    const { id, question, value, text: words } = read(answer, request.body);
    const of = { registration: read(uuid, request.params.id) };
    await registration.passOn({ id, by: colleague.id, of, answer: { question, value }, text: words });
    return {};
  });

  await app.register(scans, options);

  const list = async (colleague: Colleague): Promise<CallBackList> => ({
    calls: (await register.callBacks.list(viewer(colleague))).map(renderCall),
  });
  app.get('/call-backs', async (request): Promise<CallBackList> => {
    const colleague = await sessions.colleague(request);
    return isAllowed(colleague.role, 'work') ? await list(colleague) : { calls: [] };
  });
  app.post<{ Params: { conversation: string } }>('/call-backs/:conversation', async (request): Promise<CallBackList> => {
    const colleague = await sessions.allowed(request, 'work');
    const { messages, reached, answer } = read(calledRequest, request.body);
    const call = (await register.callBacks.list(viewer(colleague))).find(
      ({ conversation }) => conversation === request.params.conversation,
    );
    if (!call) throw new WorkbenchError('not-now');
    const told = call.news.flatMap(({ message }) => (messages.includes(message) ? [message] : []));
    // What he answered is stored first: told twice does less harm than an answer that nobody has.
    if (reached && answer) {
      const { id, question, value, text: words } = answer;
      await registration.passOn({
        id,
        by: colleague.id,
        of: { conversation: call.conversation },
        answer: { question, value },
        text: words,
      });
    }
    const { callBacks } = register;
    const cases = reached ? await callBacks.done(call.conversation, told, colleague.id) : await callBacks.tried(call.conversation, told);
    for (const id of cases) await desk.called(id, colleague, reached);
    return await list(colleague);
  });
}

/** Post that was scanned: kept until it is registered, and removed after a day when it is not. */
async function scans(app: FastifyInstance, { files, sessions }: RegisterRouteOptions): Promise<void> {
  // A file is no JSON, also when it says so: its bytes go by as they come.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_, payload, done) => done(null, payload));
  app.post('/register/scans', async (request, reply): Promise<Attachment> => {
    requireAgent(await sessions.colleague(request));
    const upload = { ...readUpload(request.headers), conversation: null, author: null };
    const kept = await orRefuse(files.store(contentOf(request.body), upload)).catch(async (error) => {
      await readOut(request.body);
      throw error;
    });
    if (kept.state === 'infected') throw new WorkbenchError('file-infected');
    return reply.status(201).send(kept);
  });
}

function viewer(colleague: Colleague): CallBackViewer {
  return { colleague, all: mayRegister(colleague) };
}

function renderCall({ conversation, person, news, attempts, triedAt }: CallBack): CallBackView {
  const ask = news.at(-1)?.reply?.ask;
  return {
    conversation,
    person,
    news: news.map(({ reply: _, ...it }) => ({ ...it, at: it.at.toISOString() })),
    ask: ask && ask.kind !== 'form' ? { question: ask.id, choices: ask.kind === 'choices' ? ask.choices : [] } : null,
    attempts,
    triedAt: triedAt?.toISOString() ?? null,
  };
}
