import { z } from 'zod';
import type { Language } from '../../domain/index.ts';
import type { Provisioned, ProvisionedUser } from '../../register/index.ts';
import { ENTERPRISE, USER } from './attributes.ts';
import type { Document } from './document.ts';
import { bad } from './errors.ts';

const several = z.array(z.object({ value: z.string(), type: z.string().optional(), primary: z.boolean().optional() })).default([]);
const shape = z.object({
  userName: z.string({ error: 'userName is missing.' }).min(1),
  externalId: z.string().optional(),
  name: z.object({ formatted: z.string(), familyName: z.string(), middleName: z.string(), givenName: z.string() }).partial().default({}),
  displayName: z.string().optional(),
  emails: several,
  phoneNumbers: several,
  preferredLanguage: z.string().optional(),
  active: z.boolean().default(true),
  [ENTERPRISE]: z.object({ department: z.string().optional(), manager: z.object({ value: z.string() }).partial().optional() }).default({}),
});

/**
 * What a user's document says of the person. What it no longer says of them is gone; what it never said is not its to say.
 * @param before the document until now
 * @throws ScimError `invalidValue`
 */
export function provisioned(document: Document, before: Document = {}): Provisioned {
  const parsed = shape.safeParse(document);
  if (!parsed.success) throw bad('invalidValue', parsed.error.issues[0]?.message ?? 'This is not a user.');
  const { userName, externalId = null, name, displayName, emails, phoneNumbers, preferredLanguage, active, ...rest } = parsed.data;
  const { department, manager } = rest[ENTERPRISE];
  const whole = [name.givenName, name.middleName, name.familyName].filter(Boolean).join(' ');
  const earlier = shape.safeParse(before).data;
  const said = <Value>(now: Value | undefined, then: unknown): Value | null | undefined => now ?? (then === undefined ? undefined : null);
  const person = {
    address: said(checkedAddress(mainOf(emails)), earlier && mainOf(earlier.emails)),
    phone: said(mainOf(phoneNumbers), earlier && mainOf(earlier.phoneNumbers)),
    department: said(department, earlier?.[ENTERPRISE].department),
    manager: said(manager?.value, earlier?.[ENTERPRISE].manager?.value),
    language: said(languageOf(preferredLanguage), earlier && languageOf(earlier.preferredLanguage)),
  };
  return {
    userName,
    externalId,
    resource: document,
    person: { name: displayName || name.formatted || whole || userName, active, ...defined(person) },
  };
}

/** A user as SCIM shows one. @param base where SCIM is, `https://desk.example.org/scim/v2` */
export function renderUser({ id, resource, active, createdAt, modifiedAt, groups }: ProvisionedUser, base: string): Document {
  const location = `${base}/Users/${id}`;
  return {
    schemas: [USER, ...(ENTERPRISE in resource ? [ENTERPRISE] : [])],
    id,
    ...resource,
    active,
    groups: groups.map((group) => ({ value: group.id, display: group.name, $ref: `${base}/Groups/${group.id}` })),
    meta: { resourceType: 'User', created: createdAt.toISOString(), lastModified: modifiedAt.toISOString(), location },
  };
}

function mainOf(list: z.output<typeof several>): string | undefined {
  return (list.find((it) => it.primary) ?? list.find((it) => it.type?.toLowerCase() === 'work') ?? list[0])?.value;
}

function checkedAddress(address: string | undefined): string | undefined {
  if (address !== undefined && !/^[^\s@]+@[^\s@]+$/.test(address)) throw bad('invalidValue', `"${address}" is not an email address.`);
  return address;
}

/** The first that the desk speaks, of a list as browsers send it (RFC 9110, 12.5.4), "nl-NL" too. */
function languageOf(preferred: string | undefined): Language | undefined {
  const words = preferred?.toLowerCase().split(/[^a-z]+/) ?? [];
  return words.find((word) => word === 'nl' || word === 'en');
}

function defined<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> };
function defined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
