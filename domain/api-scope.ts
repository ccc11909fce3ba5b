/**
 * What a token of the API is for. `cases:write` registers and adds, `cases:settle` reports ready and cancels, `people:write` is for the organisation's
 * directory (SCIM). Restricted cases are out of reach, except those of a product that a scope names (`restricted:sickness`).
 */
export const API_SCOPES = [
  'cases:read',
  'cases:write',
  'cases:settle',
  'people:read',
  'people:write',
  'catalogue:read',
  'webhooks',
] as const;
export type ApiScope = (typeof API_SCOPES)[number] | `restricted:${string}`;

/** The scope that a text names; null when it names none. */
export function readScope(text: string): ApiScope | null {
  const product = /^restricted:([a-z0-9][a-z0-9-]*)$/.exec(text)?.[1];
  return product === undefined ? (API_SCOPES.find((it) => it === text) ?? null) : `restricted:${product}`;
}

/** Why a list of scopes is none; null when all are known. */
export function unknownScope(texts: readonly string[]): string | null {
  const unknown = texts.find((text) => readScope(text) === null);
  return unknown === undefined ? null : `"${unknown}" is not a scope; it is one of ${API_SCOPES.join(', ')} or restricted:<product>`;
}

/** The products whose restricted cases a token reaches. */
export function restrictedProducts(scopes: readonly ApiScope[]): readonly string[] {
  return scopes.flatMap((scope) => (scope.startsWith('restricted:') ? [scope.slice('restricted:'.length)] : []));
}
