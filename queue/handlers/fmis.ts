import { type FmisSettings, runKey } from '../../domain/index.ts';
import { fill, placeholdersOf, plainMessage } from './fill.ts';
import type { Handler, HandlerMeans } from './handler.ts';
import { post } from './post.ts';
import { sign } from './signature.ts';

/** A facility management system: a signed webhook with an idempotency key. Its way back is `/hooks/<id>`. */
export function fmis(settings: FmisSettings, { secret, callback, timeoutMs }: HandlerMeans): Handler {
  return {
    send: async (task) => {
      const key = secret(settings.id);
      // It can be mended without the case: so it is tried again.
      if (key === null) return { kind: 'failed', reason: `LOKET_HANDLER_SECRETS has no secret for ${settings.id}` };
      const known = placeholdersOf(task, callback(settings.id), null);
      const message = settings.body === undefined ? plainMessage(task, callback(settings.id)) : fill(settings.body, known);
      const body = JSON.stringify(message);
      const id = task.what === 'recall' ? `${runKey(task.run)}-recall` : runKey(task.run);
      // The timestamp is of this attempt: a far side that refuses what is old takes a late one too.
      const headers = { ...sign(key, id, body, new Date()), 'idempotency-key': id };
      return await post(settings.url, headers, body, { externalId: settings.externalId, timeoutMs });
    },
  };
}
