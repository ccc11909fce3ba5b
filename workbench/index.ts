/**
 * The backoffice's room: the workbench's HTTP interface (`protocol.ts`), sign-in by one-time links, live updates, claiming, and `app/`, the page
 * that people work in all day. It decides nothing about cases itself: every act goes through the desk.
 */
export { buildApp } from './build-app.ts';
export { claimNext } from './claims.ts';
export { signInUrl, type WorkbenchOptions, workbenchApi } from './routes.ts';
