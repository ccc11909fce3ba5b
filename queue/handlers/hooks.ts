import type { FastifyInstance } from 'fastify';
import { type HandlerNews, type HandlerSettings, type IntakeId, newId, type RunId } from '../../domain/index.ts';
import { verify } from './signature.ts';
import { readBack } from './way-back.ts';

/** What the way back asks of the register. */
export interface BackRegister {
  readonly handlerRuns: {
    arrived(it: { readonly handler: string; readonly externalId: string; readonly text: string }): Promise<{
      readonly id: IntakeId;
      readonly handled: boolean;
    }>;
    find(handler: string, by: { readonly run: RunId | null; readonly externalId: string | null }): Promise<RunId | null>;
  };
  readonly ledger: {
    refuse(it: {
      readonly id: IntakeId;
      readonly channel: 'handler';
      readonly source: string;
      readonly externalId: string;
      readonly conversation: null;
      readonly text: string;
      readonly reason: string;
    }): Promise<void>;
    park(id: IntakeId, reason: string): Promise<void>;
  };
}

export interface HookOptions {
  readonly settings: () => readonly HandlerSettings[];
  readonly secret: (handler: string) => string | null;
  readonly register: BackRegister;
  readonly news: (run: RunId, handler: string, news: HandlerNews) => Promise<void>;
}

const BODY_LIMIT = 64 * 1024;
const MINUTE = 60_000;

/**
 * The way back of handlers, under `/hooks`: `POST /<handler>`, signed. What is genuine is stored before it is answered, moves the case through its
 * turn, and does so once however often it comes; what is not is refused, and stands in the intake ledger (a line a minute at most, so that nobody
 * can fill it).
 */
export async function handlerHooks(app: FastifyInstance, { settings, secret, register, news }: HookOptions): Promise<void> {
  app.removeAllContentTypeParsers();
  // The signature is over the bytes as they came.
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_, body, done) => done(null, body));
  app.post<{ Params: { handler: string } }>('/:handler', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const handler = settings().find(({ id, type }) => id === request.params.handler && type !== 'supplier');
    const key = handler ? secret(handler.id) : null;
    if (!handler || handler.type === 'supplier' || key === null) return reply.code(404).send(problem('there is no such way back'));
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const now = new Date();
    const checked = verify(key, request.headers, body, now);
    const text = body.toString('utf8');
    if (checked.kind === 'refused') {
      await register.ledger.refuse({
        id: newId(),
        channel: 'handler',
        source: handler.id,
        externalId: `refused-${Math.floor(now.getTime() / MINUTE)}`,
        conversation: null,
        text: `${request.ip}\n${text}`,
        reason: checked.reason,
      });
      return reply.code(401).send(problem(checked.reason));
    }
    const arrived = await register.handlerRuns.arrived({ handler: handler.id, externalId: checked.id, text });
    if (arrived.handled) return { status: 'handled', again: true };
    const read = readBack(text, handler.back);
    const run = 'problem' in read ? null : await register.handlerRuns.find(handler.id, read);
    if ('problem' in read || !run) {
      const why = 'problem' in read ? read.problem : 'it is about no case of this handler';
      await register.ledger.park(arrived.id, why);
      return reply.code(422).send(problem(why));
    }
    await news(run, handler.id, { kind: 'report', report: read.report, externalId: read.externalId, intake: arrived.id });
    return { status: 'handled' };
  });
}

function problem(message: string): { readonly error: { readonly message: string } } {
  return { error: { message } };
}
