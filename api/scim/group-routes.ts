import type { FastifyInstance } from 'fastify';
import { type PersonId, parseId } from '../../domain/index.ts';
import type { DirectoryGroup, GroupRefusal, GroupSearch, ProvisionedGroup, Register } from '../../register/index.ts';
import { bad, ScimError } from './errors.ts';
import { readFilter } from './filter.ts';
import { groupChanges, readGroup, renderGroup } from './group.ts';
import { created, listOf, only, readAsked, readPatch } from './requests.ts';

interface OfGroup {
  readonly Params: { readonly id: string };
}

/** `/Groups`: who is in one has the role and teams that the configuration gives to it. */
export function groupRoutes(
  app: FastifyInstance,
  { scimGroups }: Pick<Register, 'scimGroups'>,
  known: () => readonly DirectoryGroup[],
  base: string,
): void {
  app.get('/Groups', async ({ query }) => {
    const asked = readAsked(query);
    const withMembers = asked.wants('members');
    const { total, groups } = await scimGroups.list(searchFor(asked.filter), withMembers, asked);
    return listOf(
      groups.map((group) => only(renderGroup(group, base, withMembers), asked)),
      total,
      asked.from + 1,
    );
  });
  app.post('/Groups', async ({ body }, reply) => {
    const group = there(await scimGroups.create(readGroup(body), known()));
    return created(reply, renderGroup(group, base, true));
  });
  app.get<OfGroup>('/Groups/:id', async ({ params, query }) => {
    const asked = readAsked(query);
    const withMembers = asked.wants('members');
    return only(renderGroup(there(await scimGroups.find(idOf(params.id), withMembers)), base, withMembers), asked);
  });
  app.put<OfGroup>('/Groups/:id', async ({ params, body }) => {
    const { name, externalId, members } = readGroup(body);
    const changes = [
      { kind: 'rename', name },
      { kind: 'external-id', externalId },
      { kind: 'replace', members },
    ] as const;
    return renderGroup(there(await scimGroups.change(idOf(params.id), changes, known())), base, true);
  });
  app.patch<OfGroup>('/Groups/:id', async ({ params, body }, reply) => {
    const changes = readPatch(body).flatMap(groupChanges);
    there(await scimGroups.change(idOf(params.id), changes, known()));
    // A group may have thousands of members; who wants them asks.
    return reply.status(204).send();
  });
  app.delete<OfGroup>('/Groups/:id', async ({ params }, reply) => {
    if (!(await scimGroups.remove(idOf(params.id), known()))) throw noGroup();
    return reply.status(204).send();
  });
}

function searchFor(filter: string | undefined): GroupSearch {
  if (filter === undefined) return {};
  return Object.assign({}, ...readFilter(filter).map(one));
}

function one({ path, value }: { readonly path: string; readonly value: string | boolean }): GroupSearch {
  const text = String(value);
  switch (path) {
    case 'id':
      return { id: text };
    case 'displayname':
      return { name: text };
    case 'externalid':
      return { externalId: text };
    case 'members':
    case 'members.value':
      return { member: text };
    default:
      throw bad('invalidFilter', `Groups are not found by ${path}.`);
  }
}

function there(group: ProvisionedGroup | GroupRefusal | null): ProvisionedGroup {
  if (!group) throw noGroup();
  if (!('kind' in group)) return group;
  if (group.kind === 'taken') throw bad('uniqueness', 'Another group has this externalId.');
  throw bad('invalidValue', `There is no user ${group.id.slice(0, 100)} to be a member.`);
}

function idOf(text: string): string {
  const id = parseId<PersonId>(text.toLowerCase());
  if (!id) throw noGroup();
  return id;
}

function noGroup(): ScimError {
  return new ScimError(404, 'There is no such group.');
}
