/**
 * The REST interface for other systems (`/api/v1`): portals, telephony, facility management. Tokens with scopes, RFC 9457 problems, idempotency keys;
 * its OpenAPI document and the page to try it are made from the same schemas that read the requests. It decides nothing about cases itself: what is
 * registered goes through the same turn as every channel. Beside it SCIM 2.0 (`/scim/v2`), by which the organisation's directory sends its people and groups.
 */
export { type IntakePort, type RestApiOptions, restApi } from './routes.ts';
export { type ScimOptions, scimApi } from './scim/routes.ts';
