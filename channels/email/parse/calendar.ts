/** The words of an invitation (RFC 5545), for a mail that has no other text. */
export function calendarText(ics: string): string {
  const lines = ics
    .slice(0, 200_000)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n');
  const event = lines.slice(
    Math.max(
      0,
      lines.findIndex((line) => /^BEGIN:(?:VEVENT|VTODO)/i.test(line)),
    ),
  );
  const value = (name: string) => {
    const line = event.find((candidate) => new RegExp(`^${name}[;:]`, 'i').test(candidate));
    return line === undefined
      ? ''
      : line
          .slice(line.indexOf(':') + 1)
          .replace(/\\n/gi, '\n')
          .replace(/\\([,;\\])/g, '$1')
          .trim();
  };
  const time = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})/.exec(value('DTSTART'));
  const when = time ? `${time[1]}-${time[2]}-${time[3]} ${time[4]}:${time[5]}` : '';
  return [value('SUMMARY'), when, value('LOCATION'), value('DESCRIPTION')].filter((text) => text !== '').join('\n');
}
