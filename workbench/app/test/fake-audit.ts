import type { AuditList, AuditRow } from '../../protocol.ts';

const PAGE = 50;
const CASE = '0198c0de-0000-7000-8000-000000000007';

/** A log of so many lines, the newest first: readings of one confidential case, and sign-ins between them. */
export function auditRows(count: number): AuditRow[] {
  return Array.from({ length: count }, (_, n) => {
    const row = { id: String(count - n), at: new Date(Date.now() - n * 3_600_000).toISOString() };
    const by = { id: 'person-omar', name: 'Omar de Vries' };
    if (n === 0) return { ...row, by: null, action: 'catalogue-published', subject: '2026-11-25', data: { from: null } };
    return n % 2 === 0
      ? { ...row, by, action: 'signed-in', subject: by.id, data: { carrier: 'bearer' } }
      : { ...row, by, action: 'restricted-read', subject: CASE, data: { reference: 'SD-9SLV-DXX2' } };
  });
}

/** As the server answers: by action and by subject, of which a case's reference is understood too. */
export function auditPage(rows: readonly AuditRow[], query: URLSearchParams): AuditList {
  const [action, subject] = [query.get('action'), query.get('subject')];
  const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
  const fitting = rows.filter(
    (row) =>
      (action === null || row.action === action) &&
      (subject === null || row.subject === subject || row.data.reference === subject) &&
      Number(row.id) < before,
  );
  const page = fitting.slice(0, PAGE);
  return { rows: page, next: fitting.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}
