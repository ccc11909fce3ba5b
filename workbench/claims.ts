import type { ActionResult, Desk } from '../bot/index.ts';
import { type CaseId, type Checkpoint, parseId } from '../domain/index.ts';
import { type Queues, QueueUnavailable } from '../queue/index.ts';
import type { Colleague, Register } from '../register/index.ts';

/** More tickets than this in a row that turn out stale: the reconciler has work to do, and the worker should not wait for it. */
const MAX_STALE = 50;

export interface ClaimPorts {
  readonly desk: Desk;
  readonly queues: Pick<Queues, 'take'>;
  readonly register: Pick<Register, 'cases'>;
  readonly checkpoint: (checkpoint: Checkpoint) => void;
}

/**
 * "Give me the next": takes the ticket with the nearest deadline and claims its case. The ticket only says where to look; one transaction on the
 * case decides who has it. A ticket whose case is no longer queued is dropped. A crash in between leaves the ticket to come back by itself.
 * When the queue cannot be asked, the register is: slower, and just as true.
 * @returns the case, or null when nothing waits
 */
export async function claimNext(team: string, colleague: Colleague, ports: ClaimPorts): Promise<CaseId | null> {
  for (let i = 0; i < MAX_STALE; i++) {
    const ticket = await takeTicket(team, ports);
    // Without a ticket the register has the last word: one may still be on its way, or in the hands of a process that died.
    if (ticket === 'unavailable' || ticket === null) return claimFromRegister(team, colleague, ports);
    ports.checkpoint('claim:after-take');
    const result = await claim(ticket.case, colleague, ports);
    await ticket.done();
    ports.checkpoint('claim:after-complete');
    // Nothing done: he has it already, and the ticket came back from a crash.
    if (result?.kind === 'done' && result.effects.length > 0) return ticket.case;
  }
  return claimFromRegister(team, colleague, ports);
}

async function takeTicket(team: string, ports: ClaimPorts) {
  try {
    return await ports.queues.take(team);
  } catch (error) {
    if (error instanceof QueueUnavailable) return 'unavailable';
    throw error;
  }
}

async function claimFromRegister(team: string, colleague: Colleague, ports: ClaimPorts): Promise<CaseId | null> {
  for (let i = 0; i < MAX_STALE; i++) {
    const id = parseId<CaseId>(await ports.register.cases.nextQueued(team, colleague));
    if (!id) return null;
    const result = await claim(id, colleague, ports);
    if (result?.kind === 'done') return id;
  }
  return null;
}

async function claim(id: CaseId, colleague: Colleague, ports: ClaimPorts): Promise<ActionResult | null> {
  ports.checkpoint('claim:before-commit');
  const result = await ports.desk.act(id, { action: 'claim' }, colleague);
  ports.checkpoint('claim:after-commit');
  return result;
}
