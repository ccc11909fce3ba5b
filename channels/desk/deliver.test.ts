import { describe, expect, it } from 'vitest';
import {
  type CaseCard,
  type ConversationId,
  type Delivery,
  type MessageId,
  newId,
  newReference,
  type OutgoingReplies,
  type OutgoingReply,
  type Person,
  type PersonId,
} from '../../domain/index.ts';
import { deskDelivery } from './deliver.ts';

const conversation = newId<ConversationId>();
const WIM: Person = { id: newId<PersonId>(), name: 'Wim Janssen', address: null, verified: false };
const EVA: Person = { id: newId<PersonId>(), name: 'Eva Smit', address: 'eva@example.org', verified: true };
const card = (state: CaseCard['state']): CaseCard => ({
  reference: newReference(() => 1),
  title: 'Lamp kapot',
  state,
  team: 'Gebouwbeheer',
});
const line = (state: CaseCard['state'], author: PersonId | null = null): OutgoingReply => ({
  id: newId<MessageId>(),
  conversation,
  channel: 'desk',
  seq: 1,
  author,
  text: 'nieuws',
  attempt: 1,
  reply: { text: 'nieuws', card: card(state) },
});

async function delivered(lines: OutgoingReplies, requester: Person | null, mail: Delivery | null = null) {
  const calls: { readonly message: MessageId; readonly pressing: boolean }[] = [];
  const mailed: MessageId[] = [];
  const deliver = deskDelivery({
    register: {
      callBacks: { add: async (news) => void calls.push(...news) },
      conversations: { requesterOf: async () => requester },
    },
    byMail:
      mail &&
      (async (replies) => {
        mailed.push(...replies.map(({ id }) => id));
        return mail;
      }),
  });
  return { outcome: await deliver(lines), calls, mailed };
}

describe('news of what was registered at the desk', () => {
  it('is a call-back for who has no address; who is on it alone is no reason to call', async () => {
    const lines = [line('claimed'), line('ready'), line('claimed', newId<PersonId>())] as const;
    const { outcome, calls } = await delivered(lines, WIM, { kind: 'delivered' });
    expect(outcome).toEqual({ kind: 'delivered' });
    expect(calls.map(({ pressing }) => pressing)).toEqual([false, true, true]);
  });

  it('is mailed to a proven address, and tried again when that fails', async () => {
    for (const mail of [{ kind: 'delivered' }, { kind: 'failed', reason: 'busy' }] as const) {
      const { outcome, calls, mailed } = await delivered([line('ready')], EVA, mail);
      expect([outcome, calls.length, mailed.length]).toEqual([mail, 0, 1]);
    }
  });

  it('is a call-back when the mail is refused, when there is no mailbox, and when the address is only said', async () => {
    expect((await delivered([line('ready')], EVA, { kind: 'refused', reason: '550' })).calls).toHaveLength(1);
    expect((await delivered([line('ready')], EVA)).calls).toHaveLength(1);
    const said = await delivered([line('ready')], { ...EVA, verified: false }, { kind: 'delivered' });
    expect([said.calls.length, said.mailed.length]).toEqual([1, 0]);
  });
});
