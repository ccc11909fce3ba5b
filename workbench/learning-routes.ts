import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import { type ExampleId, KINDS, parseId } from '../domain/index.ts';
import { judgementSchema, maskForLearning, productsWorse } from '../intents/index.ts';
import { EXAMPLE_STATES, type ModelVersion, type Register, type TrainingExample } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { ExampleList, ExampleRow, ModelList, ModelRow } from './protocol.ts';
import { read } from './read.ts';
import type { Sessions } from './session.ts';

interface LearningOptions {
  readonly register: Register;
  readonly sessions: Sessions;
  readonly catalogue: () => Catalogue;
}

const accepted = z.object({
  text: z.string().trim().min(1).max(4_000),
  product: z.string().max(100).nullable(),
  kind: z.enum(KINDS),
});

/** What the administrator makes of corrections, and the versions of the model that learned from them. */
export async function learningRoutes(app: FastifyInstance, { register, sessions, catalogue }: LearningOptions): Promise<void> {
  const { examples, models } = register;

  app.get<{ Querystring: { state?: string } }>('/learning', async (request): Promise<ExampleList> => {
    await sessions.administrator(request);
    const state = EXAMPLE_STATES.find((it) => it === (request.query.state ?? 'proposed'));
    if (!state) throw new WorkbenchError('invalid');
    return { rows: (await examples.list(state)).map(exampleRow) };
  });

  app.post<{ Params: { id: string } }>('/learning/:id/accept', async (request): Promise<ExampleRow> => {
    const admin = await sessions.administrator(request);
    const id = readExampleId(request.params.id);
    const it = read(accepted, request.body);
    if (it.product !== null && !productOf(catalogue(), it.product)) throw new WorkbenchError('unknown-product');
    // What was typed over it may name somebody again.
    const done = await examples.accept(id, { ...it, text: maskForLearning(it.text) }, admin.id);
    return decided(await examples.find(id), done);
  });

  app.post<{ Params: { id: string } }>('/learning/:id/reject', async (request): Promise<ExampleRow> => {
    const admin = await sessions.administrator(request);
    const id = readExampleId(request.params.id);
    const done = await examples.reject(id, admin.id);
    return decided(await examples.find(id), done);
  });

  app.get('/models', async (request): Promise<ModelList> => {
    await sessions.administrator(request);
    return { rows: (await models.list()).map(modelRow) };
  });

  app.post<{ Params: { id: string } }>('/models/:id/roll-back', async (request): Promise<ModelRow> => {
    const admin = await sessions.administrator(request);
    const it = await models.find(request.params.id.slice(0, 100));
    if (!it) throw new WorkbenchError('not-found', 'There is no such model.');
    if (!(await models.rollBack(it.id, admin.id, `taken out by ${admin.name}`)))
      throw new WorkbenchError('not-now', 'This model cannot decide now: it decides already, or belongs to another catalogue.');
    register.live.publish([{ kind: 'published', version: it.catalogue }]);
    return modelRow((await models.find(it.id)) ?? it);
  });
}

function decided(it: TrainingExample | null, done: boolean): ExampleRow {
  if (!it) throw new WorkbenchError('not-found', 'There is no such example.');
  if (!done) throw new WorkbenchError('not-now', 'Somebody has decided on this example already.');
  return exampleRow(it);
}

function readExampleId(text: string): ExampleId {
  const id = parseId<ExampleId>(text);
  if (!id) throw new WorkbenchError('not-found', 'There is no such example.');
  return id;
}

function exampleRow(it: TrainingExample): ExampleRow {
  const { id, reference, text, language, product, kind, team, was, state } = it;
  return {
    id,
    case: it.case,
    reference,
    text,
    language,
    product,
    kind,
    team,
    was,
    state,
    by: it.by.name,
    createdAt: it.createdAt.toISOString(),
  };
}

function modelRow({ id, number, catalogue, examples, state, reason, inForce, canDecide, createdAt, judged }: ModelVersion): ModelRow {
  const judgement = judgementSchema.safeParse(judged);
  return {
    id,
    number,
    catalogue,
    corrections: examples.length,
    state,
    reason,
    inForce,
    canRollBack: canDecide && !inForce,
    createdAt: createdAt.toISOString(),
    judged: judgement.success
      ? {
          rows: judgement.data.candidate.rows,
          right: judgement.data.candidate.right,
          before: judgement.data.inForce.right,
          worse: productsWorse(judgement.data),
        }
      : null,
  };
}
