import type { SupplierSettings } from '../../domain/index.ts';
import type { Handler, HandlerMeans } from './handler.ts';

/** A supplier who works by mail, in a thread of its own. */
export function supplier({ address, language, name, contract }: SupplierSettings, { mail }: HandlerMeans): Handler {
  return {
    send: async (task) =>
      mail
        ? await mail.send({ task, to: address, language, supplier: name[language], contract: contract ?? null })
        : { kind: 'refused', reason: 'email is not configured, so that no supplier can be written to' },
  };
}
