import { type HandlerTask, runKey, type Template } from '../../domain/index.ts';

/** What a template may name, e.g. `{reference}` or `{values.place}`; what is not known is empty. */
export function placeholdersOf(task: HandlerTask, callback: string, secret: string | null): ReadonlyMap<string, string> {
  const { case: it, requester } = task;
  return new Map([
    ['event', eventOf(task)],
    ['key', runKey(task.run)],
    ['externalId', task.externalId ?? ''],
    ['callback', callback],
    ['secret', secret ?? ''],
    ['reference', it.reference],
    ['title', it.title],
    ['text', it.text],
    ['product', it.product ?? ''],
    ['kind', it.kind],
    ['priority', it.priority],
    ['team', it.team],
    ['language', it.language],
    ['opened', it.openedAt.toISOString()],
    ['due', it.completeBy?.toISOString() ?? ''],
    ['requester.name', requester?.name ?? ''],
    ['requester.address', requester?.address ?? ''],
    ['requester.department', requester?.department ?? ''],
    ...Object.entries(it.values).map(([id, value]): [string, string] => [`values.${id}`, value]),
  ]);
}

export function fillText(template: string, known: ReadonlyMap<string, string>): string {
  return template.replace(/\{([a-zA-Z][\w.-]*)\}/g, (_, name: string) => known.get(name) ?? '');
}

/** A structure with its placeholders filled in: what is filled in stays text, whatever it looks like. */
export function fill(template: Template, known: ReadonlyMap<string, string>): unknown {
  if (typeof template === 'string') return fillText(template, known);
  if (typeof template !== 'object') return template;
  if (isList(template)) return template.map((item) => fill(item, known));
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, known)]));
}

function isList(template: readonly Template[] | { readonly [key: string]: Template }): template is readonly Template[] {
  return Array.isArray(template);
}

/** What is sent where the configuration says nothing of it. */
export function plainMessage(task: HandlerTask, callback: string): object {
  const { case: it, requester } = task;
  const { reference, title, text, product, kind, priority, team, language, values } = it;
  return {
    event: eventOf(task),
    key: runKey(task.run),
    ...(task.externalId === null ? {} : { externalId: task.externalId }),
    callback,
    case: {
      reference,
      title,
      text,
      product,
      kind,
      priority,
      team,
      language,
      opened: it.openedAt.toISOString(),
      due: it.completeBy?.toISOString() ?? null,
      values,
    },
    requester,
  };
}

function eventOf({ what }: HandlerTask): string {
  return what === 'recall' ? 'case.recalled' : 'case.handed-over';
}

/** What stands in a JSON value under keys joined with dots, as text; null when nothing does. */
export function textAt(value: unknown, keys: string): string | null {
  let found: unknown = value;
  for (const key of keys.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return null;
    found = Reflect.get(found, key);
  }
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : null;
}
