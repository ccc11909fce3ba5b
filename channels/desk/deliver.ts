import type { Delivery, OutgoingReplies, PersonId, Reply } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';

export interface DeskDeliveryOptions {
  readonly register: {
    readonly callBacks: Pick<Register['callBacks'], 'add'>;
    readonly conversations: Pick<Register['conversations'], 'requesterOf'>;
  };
  /** Writes to who has a proven address; null where there is no mailbox. */
  readonly byMail: ((replies: OutgoingReplies) => Promise<Delivery>) | null;
}

/** Delivery for what was registered at the desk: by mail to a proven address, and for who has none (or whose mail is refused) a call-back. */
export function deskDelivery({ register, byMail }: DeskDeliveryOptions) {
  return async (replies: OutgoingReplies): Promise<Delivery> => {
    const [{ conversation }] = replies;
    const requester = await register.conversations.requesterOf(conversation);
    if (byMail && requester?.verified && requester.address !== null) {
      const outcome = await byMail(replies);
      if (outcome.kind !== 'refused') return outcome;
    }
    await register.callBacks.add(
      replies.map(({ id, author, reply }) => ({ message: id, conversation, pressing: isPressing(author, reply) })),
    );
    return { kind: 'delivered' };
  };
}

/** Nobody is called to hear who is on it: that is told with what comes next. */
function isPressing(author: PersonId | null, reply: Reply | null): boolean {
  return author !== null || reply?.card?.state !== 'claimed' || reply.ask !== undefined;
}
