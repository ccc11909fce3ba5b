import { storable } from '../../domain/index.ts';
import type { GroupChange, ProvisionedGroup } from '../../register/index.ts';
import { GROUP } from './attributes.ts';
import { type Document, isObject, type Operation } from './document.ts';
import { bad } from './errors.ts';
import { readFilter } from './filter.ts';

/** A group as it was sent whole. @throws ScimError `invalidValue` */
export function readGroup(body: unknown): { readonly name: string; readonly externalId: string | null; readonly members: string[] } {
  if (!isObject(body)) throw bad('invalidSyntax', 'A group is an object.');
  const fields = new Map(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]));
  const externalId = fields.get('externalid');
  return {
    name: readName(fields.get('displayname')),
    externalId: isText(externalId) ? externalId : null,
    members: readMembers(fields.get('members') ?? []),
  };
}

/** What an operation of a PATCH does to a group. Attributes that the desk does not keep are passed over. @throws ScimError */
export function groupChanges({ op, path, value }: Operation): GroupChange[] {
  if (path === null) {
    if (!isObject(value)) throw bad('invalidValue', 'Without a path the value must be an object of attributes.');
    return Object.entries(value).flatMap(([key, of]) => groupChanges({ op, path: key, value: of }));
  }
  const [, name = '', inner] = /^(?:urn:[\w.:-]+:)?([A-Za-z]+)(?:\[(.*)\])?(?:\.value)?$/i.exec(path) ?? [];
  switch (name.toLowerCase()) {
    case 'displayname':
      return [{ kind: 'rename', name: readName(op === 'remove' ? undefined : value) }];
    case 'externalid':
      return [{ kind: 'external-id', externalId: op !== 'remove' && isText(value) ? value : null }];
    case 'members':
      return [memberChange(op, inner, value)];
    case '':
      throw bad('invalidPath', `This is not a path: ${path.slice(0, 200)}`);
    default:
      return [];
  }
}

function memberChange(op: Operation['op'], filter: string | undefined, value: unknown): GroupChange {
  if (filter !== undefined) {
    if (op !== 'remove') throw bad('invalidPath', 'A member that is meant by a filter can only be removed.');
    return { kind: 'remove', members: readFilter(filter).flatMap((it) => (it.path === 'value' ? [String(it.value)] : [])) };
  }
  if (op !== 'remove') return { kind: op, members: readMembers(value) };
  // RFC 7644: without a value all of them; Entra names whom it means in the value.
  const all = value === undefined || value === null;
  return all ? { kind: 'replace', members: [] } : { kind: 'remove', members: readMembers(value) };
}

export function renderGroup(group: ProvisionedGroup, base: string, withMembers: boolean): Document {
  const { id, name, externalId, createdAt, modifiedAt } = group;
  const members = group.members.map((it) => ({ value: it.id, display: it.name, type: 'User', $ref: `${base}/Users/${it.id}` }));
  return {
    schemas: [GROUP],
    id,
    displayName: name,
    ...(externalId === null ? {} : { externalId }),
    ...(withMembers ? { members } : {}),
    meta: {
      resourceType: 'Group',
      created: createdAt.toISOString(),
      lastModified: modifiedAt.toISOString(),
      location: `${base}/Groups/${id}`,
    },
  };
}

function readMembers(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map((it) => {
    const id = isObject(it) ? it.value : it;
    if (!isText(id)) throw bad('invalidValue', 'A member is an object with the id of a user as its value.');
    return id;
  });
}

function readName(value: unknown): string {
  const name = isText(value) ? storable(value).trim() : '';
  if (name === '' || name.length > 300) throw bad('invalidValue', 'displayName is missing, or longer than 300 characters.');
  return name;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
