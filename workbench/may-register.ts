import type { Colleague } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';

/** The team that the desk's own agents are in. */
const DESK = 'desk';

/** Whether somebody registers for others, calls back, and looks people up. */
export function mayRegister({ role, teams }: Pick<Colleague, 'role' | 'teams'>): boolean {
  return role === 'admin' || teams.includes(DESK);
}

/** @throws WorkbenchError `not-allowed` */
export function requireAgent(colleague: Colleague): Colleague {
  if (!mayRegister(colleague)) throw new WorkbenchError('not-allowed');
  return colleague;
}
