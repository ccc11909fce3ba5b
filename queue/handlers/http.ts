import type { HttpSettings } from '../../domain/index.ts';
import { runKey } from '../../domain/index.ts';
import { fill, fillText, placeholdersOf, plainMessage } from './fill.ts';
import type { Handler, HandlerMeans } from './handler.ts';
import { post } from './post.ts';

/** Any system that takes JSON: what is posted, and with which headers, the configuration says. */
export function http(settings: HttpSettings, { secret, callback, timeoutMs }: HandlerMeans): Handler {
  return {
    send: async (task) => {
      const known = placeholdersOf(task, callback(settings.id), secret(settings.id));
      const body = settings.body === undefined ? plainMessage(task, callback(settings.id)) : fill(settings.body, known);
      const headers = Object.entries(settings.headers).map(([name, value]): [string, string] => [name, inHeader(fillText(value, known))]);
      const key = task.what === 'recall' ? `${runKey(task.run)}-recall` : runKey(task.run);
      return await post(settings.url, { 'idempotency-key': key, ...Object.fromEntries(headers) }, JSON.stringify(body), {
        externalId: settings.externalId,
        timeoutMs,
      });
    },
  };
}

/** What does not fit in a header (RFC 9110, 5.5) would make the whole request fail. */
function inHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ').trim();
}
