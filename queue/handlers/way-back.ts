import { type HandlerReport, parseRunKey, REPORT_STATUSES, type RunId, storable, type WayBack } from '../../domain/index.ts';
import { textAt } from './fill.ts';

/** A word of a far side, read. */
export interface ReadBack {
  readonly run: RunId | null;
  readonly externalId: string | null;
  readonly report: HandlerReport;
}

/** How a far side's messages are read where the configuration says nothing of it. */
const PLAIN: WayBack = {
  key: 'key',
  externalId: 'externalId',
  status: 'status',
  text: 'text',
  until: 'until',
  statuses: Object.fromEntries(REPORT_STATUSES.map((status) => [status, status])),
};

const LONGEST_TEXT = 8_000;

/** Reads what a far side says. @returns the problem where it says nothing that can be taken */
export function readBack(body: string, back: WayBack = PLAIN): ReadBack | { readonly problem: string } {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    return { problem: 'it is no JSON' };
  }
  const read = (keys: string | undefined): string | null => {
    const text = keys === undefined ? null : textAt(message, keys);
    const trimmed = text && storable(text).trim().slice(0, LONGEST_TEXT);
    return trimmed || null;
  };
  const said = read(back.status);
  const status = said === null || !Object.hasOwn(back.statuses, said) ? undefined : back.statuses[said];
  if (!status) return { problem: `${back.status} is no status that is known: ${said?.slice(0, 100) ?? 'nothing'}` };
  const run = parseRunKey(read(back.key) ?? '');
  const externalId = read(back.externalId)?.slice(0, 200) ?? null;
  if (!run && externalId === null) return { problem: 'it does not say which case it is about' };
  const report = reportOf(status, read(back.text), read(back.until));
  return report ? { run, externalId, report } : { problem: `a case that is ${status} needs a text` };
}

function reportOf(status: HandlerReport['status'], text: string | null, until: string | null): HandlerReport | null {
  if (status === 'received') return { status, text };
  if (text === null) return null;
  if (status !== 'waiting') return { status, text };
  const at = until === null ? Number.NaN : Date.parse(until);
  return { status, text, until: Number.isNaN(at) ? null : new Date(at) };
}
