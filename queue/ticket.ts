import { type CaseId, parseId } from '../domain/index.ts';
import type { JobData } from './backend.ts';
import type { TicketKey } from './types.ts';

/** Priorities count from this day in steps of ten minutes, which lasts until 2063; the field has no room for finer ones. */
const EPOCH = Date.UTC(2024, 0, 1);
const STEP = 600_000;
const HIGHEST = 2 ** 21;

/** The nearer the deadline, the lower and the earlier. 0 would mean that it has none. */
export function priorityOf(due: Date): number {
  const steps = Math.floor((due.getTime() - EPOCH) / STEP);
  return Math.min(HIGHEST, Math.max(1, steps));
}

/** The job's id: a ticket of the same round is added once, however often it is tried. */
export function ticketId(ticket: { readonly case: CaseId; readonly round: number }): string {
  return `${ticket.case}-${ticket.round}`;
}

/** Reads back `ticketId`; null when it is none. */
export function parseTicketId(id: string): { readonly case: CaseId; readonly round: number } | null {
  const cut = id.lastIndexOf('-');
  const round = id.slice(cut + 1);
  const it = parseId<CaseId>(id.slice(0, cut));
  return it && /^\d{1,9}$/.test(round) ? { case: it, round: Number(round) } : null;
}

/** What a ticket's job says; null when it was made by something else. */
export function readTicket(team: string, data: JobData): TicketKey | null {
  const it = parseId<CaseId>(data.case);
  return it && typeof data.round === 'number' && Number.isInteger(data.round) ? { team, case: it, round: data.round } : null;
}
