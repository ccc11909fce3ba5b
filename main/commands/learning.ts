import { parseCatalogue, productOf } from '../../catalogue/index.ts';
import { KINDS, type Kind } from '../../domain/index.ts';
import { maskForLearning } from '../../intents/index.ts';
import { EXAMPLE_STATES, type ExampleState, type Register, type TrainingExample } from '../../register/index.ts';
import type { Config } from '../config.ts';
import { withRegister } from '../register-access.ts';
import { UsageError } from '../usage-error.ts';

/** `loket learning list`: corrections with the state that is asked for, the newest first. */
export async function learningList(config: Config, options: { readonly state: string; readonly json?: boolean }): Promise<void> {
  const state = EXAMPLE_STATES.find((it) => it === options.state);
  if (!state) throw new UsageError(`"${options.state}" is not a state; it is one of ${EXAMPLE_STATES.join(', ')}`);
  const rows = await withRegister(config, ({ examples }) => examples.list(state));
  if (options.json) return console.log(JSON.stringify(rows));
  if (rows.length === 0) return console.log(`There are no ${state} corrections.`);
  for (const row of rows) console.log(describe(row));
}

export interface AcceptOptions {
  readonly text?: string;
  readonly product?: string;
  readonly kind?: string;
  readonly json?: boolean;
}

/** `loket learning accept ID`: the desk learns it in the background; it decides once nothing else gets worse by it. */
export async function learningAccept(config: Config, name: string, options: AcceptOptions): Promise<void> {
  const it = await withRegister(config, async (register) => {
    const example = await named(register, name, ['proposed']);
    const accepted = {
      text: maskForLearning(options.text ?? example.text),
      product: await productFor(register, example, options.product),
      kind: kindFor(example, options.kind),
    };
    if (accepted.text === '') throw new UsageError('there is nothing to learn in an empty text');
    if (!(await register.examples.accept(example.id, accepted, null))) throw new Error('somebody has decided on it already');
    return { ...example, ...accepted };
  });
  if (options.json) return console.log(JSON.stringify({ ...it, state: 'accepted' }));
  console.log(`Accepted: "${it.text}" is ${it.product ?? 'no product'}, ${it.kind}. A running desk learns it in the background.`);
}

/** `loket learning reject ID`: a proposal, or what was accepted before. */
export async function learningReject(config: Config, name: string, options: { readonly json?: boolean }): Promise<void> {
  const it = await withRegister(config, async (register) => {
    const example = await named(register, name, ['proposed', 'accepted']);
    if (!(await register.examples.reject(example.id, null))) throw new Error('somebody has decided on it already');
    return example;
  });
  if (options.json) return console.log(JSON.stringify({ ...it, state: 'rejected' }));
  console.log(`Rejected: "${it.text}".`);
}

/** The one whose id begins like this. */
async function named({ examples }: Register, name: string, states: readonly ExampleState[]): Promise<TrainingExample> {
  const all = (await Promise.all(states.map((state) => examples.list(state)))).flat();
  const found = all.filter(({ id }) => name !== '' && id.startsWith(name));
  const [only, ...others] = found;
  if (!only) throw new UsageError(`there is no ${states.join(' or ')} correction "${name}"; see "npx loket learning list"`);
  if (others.length > 0) throw new UsageError(`${found.length} corrections begin with "${name}"; give more of the id`);
  return only;
}

async function productFor({ published }: Register, example: TrainingExample, given: string | undefined): Promise<string | null> {
  if (given === '-') return null;
  const product = given ?? example.product;
  const version = await published.activeVersion();
  const catalogue = version === null ? null : parseCatalogue(await published.version(version));
  if (product === null) throw new UsageError(`a worker only named the team ${example.team}; say --product, or --product - when none fits`);
  if (!catalogue || !productOf(catalogue, product)) throw new UsageError(`"${product}" is not a product of the catalogue in force`);
  return product;
}

function kindFor(example: TrainingExample, given: string | undefined): Kind {
  const kind = KINDS.find((it) => it === (given ?? example.kind));
  if (!kind) throw new UsageError(`"${given}" is not a kind; it is one of ${KINDS.join(', ')}`);
  return kind;
}

function describe({ id, text, product, kind, team, was, by, reference }: TrainingExample): string {
  const now = product ?? (team === null ? 'no product' : `team ${team}`);
  return [`${id}  ${now}, ${kind}  (was ${was.product ?? 'no product'}, ${was.kind}; ${by.name}, ${reference})`, `  "${text}"`].join('\n');
}
