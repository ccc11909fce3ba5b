import { type Attribute, ENTERPRISE, ENTERPRISE_ATTRIBUTES, GROUP, GROUP_ATTRIBUTES, USER, USER_ATTRIBUTES } from './attributes.ts';
import type { Document } from './document.ts';

export const MOST_RESULTS = 200;

/** What a provider may ask of this desk before it begins (RFC 7643, 5 to 7). */
export function serviceProviderConfig(base: string): Document {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_RESULTS },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'A token of the API',
        description: 'Authorization: Bearer loket_..., with the scope people:write',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

export function resourceTypes(base: string): Document[] {
  const type = (id: string, schema: string, more: Document = {}): Document => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id,
    name: id,
    endpoint: `/${id}s`,
    schema,
    ...more,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${id}` },
  });
  return [type('User', USER, { schemaExtensions: [{ schema: ENTERPRISE, required: false }] }), type('Group', GROUP)];
}

export function schemas(base: string): Document[] {
  const schema = (id: string, name: string, attributes: readonly Attribute[]): Document => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    attributes: attributes.map(described),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  });
  return [
    schema(USER, 'User', USER_ATTRIBUTES),
    schema(ENTERPRISE, 'Enterprise User', ENTERPRISE_ATTRIBUTES),
    schema(GROUP, 'Group', GROUP_ATTRIBUTES),
  ];
}

function described(it: Attribute): Document {
  return {
    name: it.name,
    type: it.type,
    multiValued: it.multiValued ?? false,
    description: it.description,
    required: it.required ?? false,
    caseExact: it.caseExact ?? false,
    mutability: it.readOnly ? 'readOnly' : 'readWrite',
    returned: 'default',
    uniqueness: it.unique ? 'server' : 'none',
    ...(it.subs ? { subAttributes: it.subs.map(described) } : {}),
  };
}
