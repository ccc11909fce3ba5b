import type { CaseMails, SendList, SendRow } from '../../protocol.ts';
import { hours } from './fake-data.ts';

/** Who wrote what a secretary forwards. */
export const DIRECTOR = { name: 'Dirk van der Heuvel', address: 'd.vanderheuvel@example.org' };

export const NO_MAILS: CaseMails = { arrivals: [], sends: [] };
export const SOURCE = 'From: Mirjam <mirjam@example.org>\r\nSubject: FW: te warm\r\n\r\nZie hieronder.\r\n';

/** A secretary forwards to two desks, with others in copy; one answer waits, the next one went. */
export function forwardedMails(): CaseMails {
  const send = { channel: 'email', recipient: 'mirjam@example.org', attempt: 1 } as const;
  return {
    arrivals: [
      {
        id: 'mail-1',
        at: hours(-3),
        from: { name: 'Mirjam de Boer', address: 'mirjam@example.org' },
        trusted: false,
        subject: 'FW: te warm in de directiekamer',
        others: ['p.jansen@example.org', 'ondernemingsraad-van-de-gemeente@een-lange-domeinnaam.example.org'],
        alsoIn: ['ict@example.org'],
        forwarded: DIRECTOR,
        hasSource: true,
      },
    ],
    sends: [
      { ...send, id: '1', at: hours(-2.9), outcome: 'deferred', detail: '451 4.7.1 greylisted, come back later' },
      { ...send, id: '2', at: hours(-2.8), attempt: 2, outcome: 'sent', detail: '250 2.0.0 taken as 4F2A' },
    ],
  };
}

/** So many lines of the log, the newest first; the second is about what may not be read. */
export function sendRows(count: number): SendRow[] {
  return Array.from({ length: count }, (_, n) => ({
    id: String(count - n),
    at: hours(-n),
    channel: 'email',
    attempt: 1,
    outcome: n === 0 ? 'refused' : 'sent',
    recipient: n === 1 ? null : `melder${n}@example.org`,
    detail: n === 1 ? null : n === 0 ? '550 5.1.1 no such user here' : '250 2.0.0 taken',
    cases: n === 1 ? [] : [{ id: 'warm', reference: 'SD-7K3Q-MX2P' }],
    hidden: n === 1,
  }));
}

const PAGE = 50;

export function sendsPage(rows: readonly SendRow[], query: URLSearchParams): SendList {
  const outcome = query.get('outcome');
  const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
  const page = rows.filter((row) => (outcome === null || row.outcome === outcome) && Number(row.id) < before).slice(0, PAGE);
  return { rows: page, next: page.length === PAGE ? (page.at(-1)?.id ?? null) : null };
}
