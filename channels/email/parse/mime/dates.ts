/** Dates in headers (RFC 5322, section 3.3), with what mailers make of them. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ZONES: ReadonlyMap<string, number> = new Map([
  ['est', -300],
  ['edt', -240],
  ['cst', -360],
  ['cdt', -300],
  ['mst', -420],
  ['mdt', -360],
  ['pst', -480],
  ['pdt', -420],
  ['cet', 60],
  ['cest', 120],
  ['met', 60],
  ['mest', 120],
  ['bst', 60],
]);

/** ISO 8601 in UTC, or null when it is no date. A missing or unknown zone is read as UTC. */
export function parseMailDate(text: string): string | null {
  const match =
    /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{2,4})[\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([+-]\d{4}|[a-z]{1,5}))?/i.exec(text);
  if (!match) return isoDate(text);
  const month = MONTHS.indexOf((match[2] ?? '').toLowerCase());
  const year = fullYear(Number(match[3]));
  const time = Date.UTC(year, month, Number(match[1]), Number(match[4]), Number(match[5]), Number(match[6] ?? 0));
  if (month < 0 || year > 2200 || Number(match[1]) > 31 || Number(match[4]) > 24 || Number.isNaN(time)) return null;
  return new Date(time - zoneMinutes(match[7] ?? '') * 60_000).toISOString();
}

function isoDate(text: string): string | null {
  const match = /\b(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)\s*(Z|[+-]\d{2}:?\d{2})?)?/.exec(text);
  if (!match?.[1]) return null;
  if (Number(match[1].slice(0, 4)) > 2200) return null;
  const time = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3]?.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2') ?? 'Z'}`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** RFC 5322, section 4.3. */
function fullYear(year: number): number {
  if (year >= 1000) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function zoneMinutes(zone: string): number {
  const numeric = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (!numeric) return ZONES.get(zone.toLowerCase()) ?? 0;
  return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * 60 + Number(numeric[3]));
}
