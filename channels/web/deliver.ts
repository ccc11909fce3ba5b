import type { ConversationId } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';

/**
 * Delivery for the web chat: the message stands in the conversation's timeline already, where a browser finds it whenever it comes; all that
 * is left to do is to tell the browsers that look now.
 */
export function webDelivery(live: Pick<Register['live'], 'publish'>) {
  return async (reply: { readonly conversation: ConversationId; readonly seq: number }): Promise<{ readonly kind: 'delivered' }> => {
    live.publish([{ kind: 'said', conversation: reply.conversation, seq: reply.seq }]);
    return { kind: 'delivered' };
  };
}
