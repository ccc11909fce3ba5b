import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { MOST_RESULTS } from './discovery.ts';
import type { Document, Operation } from './document.ts';
import { bad } from './errors.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const asked = z.object({
  filter: z.string().optional(),
  startIndex: z.coerce.number().int().default(1),
  count: z.coerce.number().int().default(100),
  attributes: z.string().default(''),
  excludedAttributes: z.string().default(''),
});

/** What a reading request asks for (RFC 7644, 3.4.2 and 3.9). `from` counts from 0. */
export interface Asked {
  readonly filter: string | undefined;
  readonly from: number;
  readonly limit: number;
  /** Whether an attribute is wanted. */
  wants(attribute: string): boolean;
}

/** @throws ScimError */
export function readAsked(query: unknown): Asked {
  const parsed = asked.safeParse(query);
  if (!parsed.success) throw bad('invalidValue', z.prettifyError(parsed.error));
  const { filter, startIndex, count, attributes, excludedAttributes } = parsed.data;
  const [only, without] = [namesIn(attributes), namesIn(excludedAttributes)];
  return {
    filter,
    from: Math.max(1, startIndex) - 1,
    limit: Math.min(Math.max(0, count), MOST_RESULTS),
    wants: (attribute) => {
      const name = attribute.toLowerCase();
      if (name === 'id' || name === 'schemas') return true;
      return only.size > 0 ? only.has(name) : !without.has(name);
    },
  };
}

/** `name.givenName` asks for name, an attribute of the extension for the extension. */
function namesIn(list: string): ReadonlySet<string> {
  const names = list.split(',').map((it) => it.trim().toLowerCase());
  return new Set(names.filter(Boolean).map((it) => (it.startsWith('urn:') ? it.replace(/(:user):.*$/, '$1') : it.replace(/\..*$/, ''))));
}

export function only(document: Document, { wants }: Asked): Document {
  return Object.fromEntries(Object.entries(document).filter(([name]) => wants(name)));
}

export function listOf(resources: readonly Document[], total: number, startIndex: number): Document {
  return { schemas: [LIST], totalResults: total, startIndex, itemsPerPage: resources.length, Resources: resources };
}

const operation = z.object({
  op: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['add', 'replace', 'remove'])),
  path: z.string().optional(),
  value: z.unknown().optional(),
});
const patch = z.object({ Operations: z.array(operation).min(1).max(1_000) });

/** The operations of a PATCH; Entra writes "Add", and "Replace". @throws ScimError `invalidSyntax` */
export function readPatch(body: unknown): Operation[] {
  const parsed = patch.safeParse(body);
  if (!parsed.success) throw bad('invalidSyntax', z.prettifyError(parsed.error));
  return parsed.data.Operations.map(({ op, path, value }) => ({ op, path: path?.trim() || null, value }));
}

export function created(reply: FastifyReply, resource: Document): FastifyReply {
  const { meta } = resource;
  const location = typeof meta === 'object' && meta !== null && 'location' in meta ? meta.location : null;
  if (typeof location === 'string') reply.header('location', location);
  return reply.status(201).send(resource);
}
