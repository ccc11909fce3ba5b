import type { FastifyInstance } from 'fastify';
import { type PersonId, parseId } from '../../domain/index.ts';
import type { Provisioned, ProvisionedUser, Register, Taken, UserSearch } from '../../register/index.ts';
import { change, type Document, readDocument } from './document.ts';
import { bad, ScimError } from './errors.ts';
import { readFilter } from './filter.ts';
import { created, listOf, only, readAsked, readPatch } from './requests.ts';
import { provisioned, renderUser } from './user.ts';

interface OfUser {
  readonly Params: { readonly id: string };
}

/** `/Users`: who is removed is made inactive, and is the same person when the directory sends them again. */
export function userRoutes(app: FastifyInstance, { scimUsers }: Pick<Register, 'scimUsers'>, base: string): void {
  app.get('/Users', async ({ query }) => {
    const asked = readAsked(query);
    const { total, users } = await scimUsers.list(searchFor(asked.filter), asked);
    return listOf(
      users.map((user) => only(renderUser(user, base), asked)),
      total,
      asked.from + 1,
    );
  });
  app.post('/Users', async ({ body }, reply) => {
    const user = there(await scimUsers.create(provisioned(readDocument(body))));
    return created(reply, renderUser(user, base));
  });
  app.get<OfUser>('/Users/:id', async ({ params, query }) => {
    const user = await scimUsers.find(idOf(params.id));
    return only(renderUser(there(user), base), readAsked(query));
  });
  app.put<OfUser>('/Users/:id', async ({ params, body }) => {
    return await changed(params.id, (now) => ({ active: now.active, ...readDocument(body) }));
  });
  app.patch<OfUser>('/Users/:id', async ({ params, body }) => {
    const operations = readPatch(body);
    return await changed(params.id, (now) => operations.reduce(change, documentOf(now)));
  });
  app.delete<OfUser>('/Users/:id', async ({ params }, reply) => {
    if (!(await scimUsers.remove(idOf(params.id)))) throw noUser();
    return reply.status(204).send();
  });

  const changed = async (id: string, become: (now: ProvisionedUser) => Document): Promise<Document> => {
    const next = (now: ProvisionedUser): Provisioned => provisioned(become(now), now.resource);
    return renderUser(there(await scimUsers.change(idOf(id), next)), base);
  };
}

/** Whether they are active is the register's to say: a list may have said otherwise since. */
function documentOf({ resource, active }: ProvisionedUser): Document {
  return { ...resource, active };
}

function searchFor(filter: string | undefined): UserSearch {
  if (filter === undefined) return {};
  return Object.assign({}, ...readFilter(filter).map(one));
}

function one({ path, value }: { readonly path: string; readonly value: string | boolean }): UserSearch {
  if (path === 'active') return { active: typeof value === 'boolean' ? value : value.toLowerCase() === 'true' };
  const text = String(value);
  switch (path) {
    case 'id':
      // An id of another form is nobody's.
      return { id: parseId<PersonId>(text.toLowerCase()) };
    case 'username':
      return { userName: text };
    case 'externalid':
      return { externalId: text };
    case 'emails':
    case 'emails.value':
      return { address: text };
    // Of somebody's addresses the desk knows one.
    case 'emails.type':
    case 'emails.primary':
      return {};
    default:
      throw bad('invalidFilter', `Users are not found by ${path}.`);
  }
}

function there(user: ProvisionedUser | Taken | null): ProvisionedUser {
  if (!user) throw noUser();
  if ('kind' in user) throw bad('uniqueness', `Another user has this in ${user.what}.`);
  return user;
}

function idOf(text: string): PersonId {
  const id = parseId<PersonId>(text.toLowerCase());
  if (!id) throw noUser();
  return id;
}

function noUser(): ScimError {
  return new ScimError(404, 'There is no such user.');
}
