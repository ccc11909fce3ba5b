/** One server-sent event. */
export interface SseEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

/**
 * Reads server-sent events out of a text stream (WHATWG HTML, 9.2.6). Own code, because `EventSource` cannot send
 * the `Authorization` header and a secret in the address would end up in logs.
 * @returns a function that takes the next piece of text and gives the events that it completed
 */
export function createSseParser(): (chunk: string) => SseEvent[] {
  let rest = '';
  let first = true;
  let event = '';
  let data: string[] = [];
  let id: string | undefined;

  function line(text: string): SseEvent | null {
    if (text === '') {
      const done = data.length > 0 ? { event: event || 'message', data: data.join('\n'), id } : null;
      event = '';
      data = [];
      return done;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
    return null;
  }

  return (chunk) => {
    rest += chunk;
    if (first && rest !== '') {
      rest = rest.replace(/^\uFEFF/, '');
      first = false;
    }
    const events: SseEvent[] = [];
    for (;;) {
      // A carriage return at the very end may be half of a CRLF: wait for the next piece.
      const end = /\r\n|\n|\r(?!$)/.exec(rest);
      if (!end) return events;
      const done = line(rest.slice(0, end.index));
      rest = rest.slice(end.index + end[0].length);
      if (done) events.push(done);
    }
  };
}
