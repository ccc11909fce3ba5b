/** The resources' attributes (RFC 7643, 4): requests are read and `/Schemas` is written by these. What is not here is not kept. */

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex';
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  readonly unique?: true;
  readonly readOnly?: true;
  readonly caseExact?: true;
  readonly subs?: readonly Attribute[];
}

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  description,
  ...more,
});
const several = (name: string, description: string, value: string): Attribute => ({
  name,
  type: 'complex',
  description,
  multiValued: true,
  subs: [
    text('value', value),
    text('type', 'work, home, mobile, ...'),
    { name: 'primary', type: 'boolean', description: 'The one that is used' },
  ],
});

export const USER_ATTRIBUTES: readonly Attribute[] = [
  text('userName', 'By which they sign in at the directory', { required: true, unique: true }),
  text('externalId', "Their id in the directory: Entra's object id", { caseExact: true }),
  {
    name: 'name',
    type: 'complex',
    description: 'Their name in parts',
    subs: [
      text('formatted', 'The whole name'),
      text('familyName', 'Last name'),
      text('givenName', 'First name'),
      text('middleName', 'What stands between the two'),
    ],
  },
  text('displayName', 'Their name as colleagues read it'),
  several('emails', 'The primary one is used, else that of work, else the first', 'A mail address'),
  several('phoneNumbers', 'The primary one is used, else that of work, else the first', 'A phone number'),
  text('preferredLanguage', 'nl or en, with or without a region'),
  { name: 'active', type: 'boolean', description: 'Who is not active cannot sign in, and is given no work' },
];

export const ENTERPRISE_ATTRIBUTES: readonly Attribute[] = [
  text('department', 'Their department'),
  {
    name: 'manager',
    type: 'complex',
    description: 'Who approves above their limit',
    subs: [text('value', "The manager's id here"), text('displayName', 'Their name', { readOnly: true })],
  },
];

export const GROUP_ATTRIBUTES: readonly Attribute[] = [
  text('displayName', 'Its name', { required: true }),
  text('externalId', "Its id in the directory: Entra's object id", { caseExact: true }),
  {
    name: 'members',
    type: 'complex',
    description: 'The users in it',
    multiValued: true,
    subs: [text('value', "A user's id"), text('display', 'Their name', { readOnly: true })],
  },
];

/** The attribute of this name, in whatever case (RFC 7643, 2.1). */
export function attributeOf(attributes: readonly Attribute[], name: string): Attribute | null {
  return attributes.find((it) => it.name.toLowerCase() === name.toLowerCase()) ?? null;
}
