import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { RunningDesk } from './running-desk.ts';
import { WorkbenchClient } from './workbench-client.ts';

/** A database in which a desk has run before: catalogue published, model trained, workers signed in. Copies of it start in a second. */
export interface DeskTemplate {
  readonly database: TestDatabase;
  readonly workers: readonly Pick<WorkbenchClient, 'cookie' | 'id'>[];
  copy(): Promise<TestDatabase>;
}

/** Everything that a worker of the tests may take: the desk's own queue, and those of some products. */
export const TEAMS = ['desk', 'catering', 'ict', 'facilities'] as const;

/** @param prepare what else is to be in every copy; the desk runs meanwhile */
export async function deskTemplate(workers: number, prepare: (desk: RunningDesk) => Promise<void> = async () => {}): Promise<DeskTemplate> {
  const database = await createDatabase();
  const desk = new RunningDesk({ database });
  await desk.start();
  const administrator = await WorkbenchClient.signIn(() => desk.url, desk.administratorLink ?? '');
  const signedIn: WorkbenchClient[] = [];
  for (let i = 1; i <= workers; i++) signedIn.push(await newWorker(desk, administrator, `worker.${i}@example.org`));
  await prepare(desk);
  await desk.stop();
  return { database, workers: signedIn, copy: async () => await createDatabase({ template: database.name }) };
}

/** Somebody who works the queues of these teams, by the links that the administrator makes. */
export async function newWorker(
  desk: RunningDesk,
  administrator: WorkbenchClient,
  address: string,
  teams: readonly string[] = TEAMS,
): Promise<WorkbenchClient> {
  let link = '';
  for (const team of teams) link = await administrator.invite(address, team);
  return await WorkbenchClient.signIn(() => desk.url, link);
}
