import { afterAll, beforeAll, describe } from 'vitest';
import { z } from 'zod';
import { type ChannelSamples, type Correspondent, channelContract } from '../support/channel-contract.ts';
import { newVisitor, visitorToken } from '../support/chat-client.ts';
import { openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

let it: TeamsDesk;
beforeAll(async () => {
  it = await openTeamsDesk();
}, 120_000);
afterAll(() => it?.close());

const casesOf = async (channel: 'teams' | 'web', externalId: string): Promise<readonly string[]> => {
  const person = await it.register.people.ofIdentity(channel, externalId);
  return person ? (await it.register.ownCases.list(person)).map((own) => own.case.reference) : [];
};

function inTeams(chat: TeamsChat): Correspondent {
  return {
    send: async (text, id) => void (await chat.say(text, id)),
    cases: () => casesOf('teams', chat.who.objectId),
    told: async () => chat.messages.map(shownIn),
  };
}

const teams: ChannelSamples = {
  name: 'Teams',
  somebody: async () => inTeams(new TeamsChat(it, somebody())),
  echoOwn: async (id) => {
    const chat = new TeamsChat(it, somebody());
    const own = { id: '28:11111111-2222-3333-4444-555555555555', name: 'Servicedesk' };
    await chat.post(chat.activity({ id, from: own, recipient: own, text: 'de lamp in kamer 2.10 is kapot' }));
    return inTeams(chat);
  },
  failOnce: () => it.service.faults.push({ status: 503, on: { method: 'POST', path: /\/activities$/ } }),
};

const begun = z.object({ conversation: z.string(), secret: z.string() });
const timeline = z.object({ messages: z.array(z.object({ from: z.string(), text: z.string() })) });

const web: ChannelSamples = {
  name: 'web',
  somebody: async () => {
    const visitor = newVisitor();
    const start = await it.app.inject({
      method: 'POST',
      url: '/chat/conversations',
      payload: { language: 'nl', token: await visitorToken(visitor) },
    });
    const { conversation, secret } = begun.parse(start.json());
    const url = `/chat/conversations/${conversation}/messages`;
    const headers = { authorization: `Bearer ${secret}` };
    return {
      send: async (text, id) => void (await it.app.inject({ method: 'POST', url, headers, payload: { id, text } })),
      cases: () => casesOf('web', visitor.sub),
      told: async () => {
        const { messages } = timeline.parse((await it.app.inject({ method: 'GET', url, headers })).json());
        return messages.filter(({ from }) => from === 'desk').map(({ text }) => text);
      },
    };
  },
};

describe('the channels’ contract', { timeout: 60_000 }, () => {
  channelContract(teams);
  channelContract(web);
});
