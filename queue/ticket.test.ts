import { describe, expect, it } from 'vitest';
import { type CaseId, newId } from '../domain/index.ts';
import { parseTicketId, priorityOf, readTicket, ticketId } from './ticket.ts';

describe('a ticket', () => {
  const id = newId<CaseId>();

  it('has a priority that rises with its deadline in steps of ten minutes, and is never none', () => {
    const due = (text: string): number => priorityOf(new Date(text));
    expect(due('2026-11-24T12:00:00Z')).toBe(due('2026-11-24T12:09:59Z'));
    expect(due('2026-11-24T12:10:00Z')).toBe(due('2026-11-24T12:00:00Z') + 1);
    expect(due('1999-01-01T00:00:00Z')).toBe(1);
    expect(due('2063-01-01T00:00:00Z')).toBeLessThan(2 ** 21);
    expect(due('9999-01-01T00:00:00Z')).toBe(2 ** 21);
  });

  it('has an id that says its case and round, and is read back', () => {
    for (const round of [1, 27, 100_000]) expect(parseTicketId(ticketId({ case: id, round }))).toEqual({ case: id, round });
    for (const text of ['', '17', id, `${id}-`, `${id}-1x`, `x-${id}-1`, 'conversation-1']) expect(parseTicketId(text)).toBeNull();
  });

  it('is read from what a job holds, and nothing else is', () => {
    expect(readTicket('facilities', { case: id, round: 3 })).toEqual({ team: 'facilities', case: id, round: 3 });
    for (const data of [{}, { case: id }, { case: id, round: 1.5 }, { case: id, round: '1' }, { case: 'lift', round: 1 }]) {
      expect(readTicket('facilities', data)).toBeNull();
    }
  });
});
