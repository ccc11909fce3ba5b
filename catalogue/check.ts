import { LANGUAGES, type Language } from '../domain/index.ts';
import { normaliseBudget } from './budget.ts';
import { checkDangers } from './check-dangers.ts';
import { checkHours, checkService, checkTimes } from './check-service.ts';
import { checkWhen } from './check-when.ts';
import { duplicates } from './duplicates.ts';
import { nearest } from './nearest.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import type { AnswerEntry, GroupFile, OrganisationFile, ProductEntry } from './schema.ts';
import type { SourceFile } from './source-file.ts';

/** The team that general answers and questions without a product belong to. */
const DESK_TEAM = 'desk';

/** So many examples a product needs before the classifier can learn it, of all kinds together. */
export const LEAST_EXAMPLES: Readonly<Record<Language, number>> = { nl: 6, en: 4 };

/** A file whose shape is right. */
export interface Read<Content> {
  readonly file: SourceFile;
  readonly content: Content;
}

/** What no schema of one value sees: references, duplicates, order. */
export function checkOrganisation({ file, content }: Read<OrganisationFile>): Problem[] {
  const problems = duplicates(file, ['teams'], content.teams);
  if (!content.teams.some(({ id }) => id === DESK_TEAM))
    problems.push(file.problemAt(['teams'], `has no team "${DESK_TEAM}", which takes what has no product`));
  content.teams.forEach(({ hours }, i) => {
    problems.push(...checkHours(file, ['teams', i, 'hours'], hours));
    if (Object.keys(hours).length === 0)
      problems.push(file.problemAt(['teams', i, 'hours'], 'must have at least one open day, or its deadlines never come'));
  });
  problems.push(...duplicates(file, ['handlers'], content.handlers));
  const budgets = content.budgets.map(({ number }) => ({ id: normaliseBudget(number) }));
  problems.push(...duplicates(file, ['budgets'], budgets, 'number'));
  return [
    ...problems,
    ...checkAnswers(file, ['answers'], content.answers),
    ...checkDangers(file, content),
    ...checkService({ file, content }),
  ];
}

/** A group's products against the organisation; `teams` is null when the organisation could not be read. */
export function checkGroup(
  { file, content }: Read<GroupFile>,
  teams: readonly string[] | null,
  handlers: readonly string[] | null,
): Problem[] {
  const problems: Problem[] = [];
  const name = file.name.replace(/^.*\//, '').replace(/\.yaml$/, '');
  if (content.group !== name)
    problems.push(file.problemAt(['group'], `"${content.group}" is not the file's name`, `write "${name}" or rename the file`));
  content.products.forEach((product, i) => {
    problems.push(
      ...checkProduct(file, ['products', i], product, teams),
      ...checkHandler(file, ['products', i, 'handler'], product, handlers),
    );
  });
  return problems;
}

function checkHandler(file: SourceFile, path: Path, { handler }: ProductEntry, handlers: readonly string[] | null): Problem[] {
  if (handler === undefined || !handlers || handlers.includes(handler)) return [];
  const hint = didYouMean(nearest(handler, handlers)) ?? 'handlers stand in organisation.yaml';
  return [file.problemAt(path, `unknown handler "${handler}"`, hint)];
}

/** Every product id may stand once in all files. */
export function checkProductIds(groups: readonly Read<GroupFile>[]): Problem[] {
  const seen = new Map<string, string>();
  return groups.flatMap(({ file, content }) =>
    content.products.flatMap(({ id }, i) => {
      const first = seen.get(id);
      if (first === undefined) seen.set(id, file.name);
      return first === undefined ? [] : [file.problemAt(['products', i, 'id'], `product "${id}" already stands in ${first}`)];
    }),
  );
}

function checkProduct(file: SourceFile, path: Path, product: ProductEntry, teams: readonly string[] | null): Problem[] {
  const problems: Problem[] = [];
  for (const key of ['team', 'wishTeam'] as const) {
    const team = product[key];
    if (team === undefined || !teams || teams.includes(team)) continue;
    const hint = didYouMean(nearest(team, teams)) ?? `known: ${teams.join(', ')}`;
    problems.push(file.problemAt([...path, key], `unknown team "${team}"`, hint));
  }
  for (const language of LANGUAGES) {
    const count = Object.values(product.examples[language]).reduce((sum, list) => sum + list.length, 0);
    const least = LEAST_EXAMPLES[language];
    if (count < least)
      problems.push(file.problemAt([...path, 'examples', language], `has ${count} examples; at least ${least} are needed`));
  }
  problems.push(...checkTimes(file, [...path, 'agreement'], product.agreement));
  problems.push(...checkApproval(file, path, product));
  if (product.readers && !product.restricted)
    problems.push(file.problemAt([...path, 'readers'], 'only what is restricted has readers', 'write restricted: true'));
  product.readers?.forEach((reader, i) => {
    const team = /^team:(.+)$/.exec(reader)?.[1];
    if (team !== undefined && teams && !teams.includes(team))
      problems.push(
        file.problemAt([...path, 'readers', i], `unknown team "${team}"`, didYouMean(nearest(team, teams)) ?? `known: ${teams.join(', ')}`),
      );
  });
  problems.push(...checkAnswers(file, [...path, 'answers'], product.answers), ...duplicates(file, [...path, 'fields'], product.fields));
  product.fields.forEach((field, i) => {
    problems.push(
      ...checkField(file, [...path, 'fields', i], field),
      ...checkWhen(file, [...path, 'fields', i], field.when, product.fields.slice(0, i)),
    );
  });
  return problems;
}

/** What is approved above an amount asks that amount and the budget before it is registered. */
function checkApproval(file: SourceFile, path: Path, { delivery, fields }: ProductEntry): Problem[] {
  if (delivery === undefined || delivery.approvalAbove === null) return [];
  const asked = (type: FieldEntry['type']) => fields.some((field) => field.type === type && field.required === 'before' && !field.when);
  return (['amount', 'budget-number'] as const).flatMap((type) =>
    asked(type)
      ? []
      : [file.problemAt([...path, 'delivery', 'approvalAbove'], `needs a field of type ${type}`, 'required: before, without "when"')],
  );
}

type FieldEntry = ProductEntry['fields'][number];

/** The types whose value may be announced by a word. */
const FINDABLE: ReadonlySet<string> = new Set(['text', 'person', 'budget-holder', 'place', 'date', 'time']);

function checkField(file: SourceFile, path: Path, field: FieldEntry): Problem[] {
  const problems: Problem[] = [];
  if (field.type === 'choice' && !field.choices) problems.push(file.problemAt(path, 'a choice needs "choices"'));
  if (field.type !== 'choice' && field.choices)
    problems.push(file.problemAt([...path, 'choices'], `a ${field.type} has no choices`, 'type: choice'));
  if (field.choices) problems.push(...duplicates(file, [...path, 'choices'], field.choices));
  for (const key of ['min', 'max'] as const) {
    const right = field.type === 'number' || field.type === 'amount';
    if (field[key] !== undefined && !right) problems.push(file.problemAt([...path, key], `a ${field.type} has no ${key}`));
  }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max)
    problems.push(file.problemAt([...path, 'min'], 'is more than max'));
  if (field.find && !FINDABLE.has(field.type)) problems.push(file.problemAt([...path, 'find'], `a ${field.type} has no "find"`));
  if (field.who !== undefined && field.type !== 'person') problems.push(file.problemAt([...path, 'who'], `a ${field.type} has no "who"`));
  if (field.past !== undefined && field.type !== 'date') problems.push(file.problemAt([...path, 'past'], `a ${field.type} has no "past"`));
  return problems;
}

function checkAnswers(file: SourceFile, path: Path, answers: readonly AnswerEntry[]): Problem[] {
  const problems = duplicates(file, path, answers);
  answers.forEach(({ questions }, i) => {
    for (const language of LANGUAGES) {
      if (questions[language].length === 0)
        problems.push(file.problemAt([...path, i, 'questions', language], 'must have at least one question'));
    }
  });
  return problems;
}
