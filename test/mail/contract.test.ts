import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe } from 'vitest';
import type { PersonId } from '../../domain/index.ts';
import { type ChannelSamples, channelContract } from '../support/channel-contract.ts';
import { MailDesk } from '../support/mail-desk.ts';

let it: MailDesk;
beforeAll(async () => {
  it = await MailDesk.open();
}, 120_000);
afterAll(() => it?.close());

const email: ChannelSamples = {
  name: 'email',
  somebody: async () => {
    const from = `femke.${randomUUID()}@example.org`;
    return {
      send: async (text, id) => void (await it.write(text, { from, name: 'Femke Bos', id: `${id}@example.org` })),
      cases: async () => {
        const [person] = await it.look<{ id: PersonId }>(`select id from people where verified and lower(address) = '${from}'`);
        return person ? (await it.register.ownCases.list(person.id)).map((own) => own.case.reference) : [];
      },
      told: async () => {
        const mine = it.receiver.mails.filter(({ to }) => to.includes(from));
        return await Promise.all(mine.map(async ({ raw }) => (await simpleParser(raw)).text ?? ''));
      },
    };
  },
  failOnce: () => void it.receiver.whims.push({ at: 'data', code: 451, words: 'try again later' }),
};

describe('the channels’ contract', { timeout: 60_000 }, () => channelContract(email));
