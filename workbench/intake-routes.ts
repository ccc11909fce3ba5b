import type { FastifyInstance, FastifyReply } from 'fastify';
import { type IntakeId, parseId } from '../domain/index.ts';
import { INTAKE_STATUSES } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import { sendSource } from './mail-routes.ts';
import type { IntakeList } from './protocol.ts';
import type { WorkbenchOptions } from './routes.ts';
import type { Sessions } from './session.ts';

type IntakeRouteOptions = Pick<WorkbenchOptions, 'desk' | 'register' | 'sources' | 'retake'>;

/** The intake ledger, for administrators: every message that ever arrived, and taking one in again. */
export async function intakeRoutes(app: FastifyInstance, options: IntakeRouteOptions, sessions: Sessions): Promise<void> {
  const { desk, register, sources } = options;
  app.get<{ Querystring: { status?: string } }>('/intake', async (request): Promise<IntakeList> => {
    const viewer = await sessions.administrator(request);
    const status = INTAKE_STATUSES.find((it) => it === (request.query.status ?? 'parked'));
    if (!status) throw new WorkbenchError('invalid');
    const rows = await register.ledger.list(status, viewer);
    return { rows: rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() })) };
  });
  app.post<{ Params: { id: string } }>('/intake/:id/replay', async (request): Promise<{ status: string }> => {
    await sessions.administrator(request);
    const id = parseId<IntakeId>(request.params.id);
    const conversation = id && (await register.ledger.replay(id));
    if (conversation) await desk.drain(conversation);
    else if (!id || !(await takenAgain(id, options))) throw new WorkbenchError('not-now', 'Only a parked message can be taken in again.');
    return { status: 'handled' };
  });

  app.get<{ Params: { id: string } }>('/intake/:id/source', async (request, reply): Promise<FastifyReply> => {
    const viewer = await sessions.administrator(request);
    const id = parseId<IntakeId>(request.params.id);
    const key = id && (await register.ledger.rawOf(id, viewer));
    if (!id || !key) throw new WorkbenchError('not-found');
    return await sendSource(reply, `${id}.eml`, await sources.open(key));
  });
}

/** @throws WorkbenchError `not-now` with the reason why it still cannot be taken in */
async function takenAgain(id: IntakeId, { register, sources, retake }: IntakeRouteOptions): Promise<boolean> {
  const it = await register.ledger.setAsideOf(id);
  // What a handler's far side says is no source of a question.
  if (!it || it.channel === 'handler') return false;
  const { channel } = it;
  const pieces: Uint8Array[] = [];
  for await (const piece of await sources.open(it.raw)) pieces.push(piece);
  try {
    return await retake({ channel, source: it.source, raw: Buffer.concat(pieces), arrivedAt: it.receivedAt });
  } catch (error) {
    throw new WorkbenchError('not-now', `It still cannot be taken in: ${error instanceof Error ? error.message : String(error)}`);
  }
}
