/**
 * The backoffice's room: the workbench's HTTP interface (`protocol.ts`), sign-in by one-time links, live updates, claiming, and `app/`, the page
 * that people work in all day. Beside it "My cases" (`my-protocol.ts`), the same web app for who asked. Both also stand in a tab of Teams, with a
 * session that no cookie carries. It decides nothing about cases itself: every act goes through the desk.
 */
export { buildApp } from './build-app.ts';
export { type Next, NextCase } from './claims.ts';
export { type MyOptions, myApi, type SignInRefusal, type Vouch, type VouchedFor } from './my-routes.ts';
export { discover, type OpenIdSettings } from './openid.ts';
export { signInUrl, type WorkbenchOptions, workbenchApi } from './routes.ts';
export { SignedApprover } from './signed-approver.ts';
