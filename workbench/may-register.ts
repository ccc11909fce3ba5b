import { isAllowedWith } from '../domain/index.ts';
import type { Colleague } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';

/** The team that the desk's own agents are in. */
const DESK = 'desk';

/** Whether somebody registers for others, calls back, and looks people up. */
export function mayRegister(colleague: Pick<Colleague, 'id' | 'role' | 'teams'>): boolean {
  return isAllowedWith(colleague, 'register', { team: DESK, worker: null });
}

/** @throws WorkbenchError `not-allowed` */
export function requireAgent(colleague: Colleague): Colleague {
  if (!mayRegister(colleague)) throw new WorkbenchError('not-allowed');
  return colleague;
}
