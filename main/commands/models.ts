import { type Catalogue, parseCatalogue } from '../../catalogue/index.ts';
import { examplesToJudge, type Judgement, judgedBy, judgeInWorker, judgementSchema, NONE } from '../../intents/index.ts';
import type { ModelVersion, Register } from '../../register/index.ts';
import type { Config } from '../config.ts';
import { learnedBy } from '../models.ts';
import { withRegister } from '../register-access.ts';
import { UsageError } from '../usage-error.ts';

interface JsonOption {
  readonly json?: boolean;
}

/** `loket models list`: the newest first. */
export async function modelsList(config: Config, options: JsonOption): Promise<void> {
  const rows = await withRegister(config, ({ models }) => models.list());
  if (options.json) return console.log(JSON.stringify(rows));
  for (const row of rows) console.log(describe(row));
}

function describe({ id, number, catalogue, examples, state, reason, inForce, createdAt, judged }: ModelVersion): string {
  const judgement = judgementSchema.safeParse(judged);
  const reached = judgement.success ? [`  ${reachedBy(judgement.data)}`] : [];
  const head = `${inForce ? '*' : ' '} ${String(number).padStart(4)}  ${id}  ${catalogue}, ${examples.length} corrections, ${createdAt.toISOString().slice(0, 16)}`;
  return [`${head}  ${inForce ? 'decides now' : state}`, ...reached, ...(reason === null ? [] : [`  ${reason}`])].join('\n');
}

function reachedBy({ against, candidate, inForce }: Judgement): string {
  return `${candidate.right} of ${candidate.rows} unseen questions right; ${against}, which decided then, ${inForce.right}`;
}

/**
 * `loket models compare ONE [OTHER]`: what each of two versions reaches on questions that neither has learned. Both are learned anew without these,
 * which takes some seconds.
 */
export async function modelsCompare(config: Config, one: string, other: string | undefined, options: JsonOption): Promise<void> {
  const { first, second, judgement } = await withRegister(config, async (register) => {
    const first = await named(register, one);
    const second = other === undefined ? await inForce(register) : await named(register, other);
    const [ours, theirs] = [await learned(register, first), await learned(register, second)];
    const products = new Set(theirs.catalogue.products.map(({ id }) => id));
    const rows = judgedBy(ours.catalogue, []).filter(({ product }) => product === null || products.has(product));
    return {
      first,
      second,
      judgement: await judgeInWorker({ against: second.id, candidate: ours.examples, inForce: theirs.examples, rows }),
    };
  });
  if (options.json) return console.log(JSON.stringify({ one: first.id, other: second.id, ...judgement }));
  console.log(comparison(judgement, first, second));
}

async function learned(
  register: Register,
  { id, catalogue: version }: ModelVersion,
): Promise<{ catalogue: Catalogue; examples: ReturnType<typeof examplesToJudge> }> {
  const catalogue = parseCatalogue(await register.published.version(version));
  return { catalogue, examples: examplesToJudge(catalogue, await learnedBy(id, catalogue, register)) };
}

function comparison({ candidate, inForce, lost }: Judgement, first: ModelVersion, second: ModelVersion): string {
  const differing = Object.entries(candidate.products)
    .map(([id, { rows, right }]) => ({ id, rows, right, other: inForce.products[id]?.right ?? 0 }))
    .filter(({ right, other }) => right !== other);
  const line = (name: string, rows: number, right: number, other: number) =>
    `  ${name.padEnd(32)} ${String(rows).padStart(5)} ${String(right).padStart(9)} ${String(other).padStart(9)}`;
  return [
    `  ${''.padEnd(32)}  rows ${`model ${first.number}`.padStart(9)} ${`model ${second.number}`.padStart(9)}`,
    line('all questions', candidate.rows, candidate.right, inForce.right),
    line('kind', candidate.rows, candidate.kindRight, inForce.kindRight),
    ...differing.map(({ id, rows, right, other }) => line(id === NONE ? 'no product' : id, rows, right, other)),
    ...(lost.length > 0 ? [`right by model ${second.number} alone:`] : []),
    ...lost.map(({ text, product, said }) => `  "${text}" is ${product ?? 'no product'}, taken for ${said ?? 'no product'}`),
  ].join('\n');
}

/** `loket models roll-back MODEL`: it decides again, in all processes within seconds. */
export async function modelsRollBack(config: Config, name: string, options: JsonOption & { readonly reason?: string }): Promise<void> {
  const it = await withRegister(config, async (register) => {
    const model = await named(register, name);
    if (model.inForce) throw new UsageError(`model ${model.number} decides already`);
    if (!model.canDecide)
      throw new UsageError(
        model.state === 'refused'
          ? `model ${model.number} was never kept: it was not good enough (${model.reason})`
          : `model ${model.number} belongs to catalogue ${model.catalogue}, which is not in force, or is not kept any more`,
      );
    if (!(await register.models.rollBack(model.id, null, options.reason ?? 'taken out by command')))
      throw new Error('another model came into force at this moment; look again');
    register.live.publish([{ kind: 'published', version: model.catalogue }]);
    return model;
  });
  if (options.json) return console.log(JSON.stringify({ model: it.id, number: it.number }));
  console.log(`Model ${it.number} (${it.id}) decides again.`);
}

async function named({ models }: Register, name: string): Promise<ModelVersion> {
  const it = await models.find(name);
  if (!it) throw new UsageError(`there is no model "${name}"; see "npx loket models list"`);
  return it;
}

async function inForce(register: Register): Promise<ModelVersion> {
  const now = await register.models.inForce();
  if (!now?.model) throw new UsageError('no model decides yet; start the desk once');
  return await named(register, now.model);
}
