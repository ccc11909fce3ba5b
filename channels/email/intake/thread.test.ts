import { describe, expect, it } from 'vitest';
import { type CaseId, type ConversationId, newId, type PersonId } from '../../../domain/index.ts';
import type { FoundThread } from '../../../register/index.ts';
import { referredIds, threadOf } from './thread.ts';

const conversation = newId<ConversationId>();
const it1 = newId<CaseId>();
const eva = newId<PersonId>();
const REFERENCE = 'SD-7K3Q-MX2P';

function found(more: Partial<FoundThread> = {}): FoundThread {
  return {
    mails: [
      { id: 'ours@desk', direction: 'out', conversation, message: null, subject: `Re: Lamp [${REFERENCE}]`, topic: 'Lamp', cases: [it1] },
    ],
    conversations: [{ id: conversation, channel: 'email', person: { id: eva, name: 'Eva', address: 'eva@example.org', verified: true } }],
    cases: [{ id: it1, reference: REFERENCE, conversation, state: 'queued' }],
    named: null,
    sender: eva,
    ...more,
  };
}
const NONE = found({ mails: [], conversations: [], cases: [] });
const mail = (more: object = {}) => ({
  inReplyTo: '<ours@desk>',
  references: ['<first@client>', '<ours@desk>'],
  subject: `Re: Lamp [${REFERENCE}]`,
  from: { name: 'Eva', address: 'Eva@example.org' },
  ...more,
});
const EVA = { trusted: true, token: null };
const NEW = { kind: 'new', names: null };

describe('a mail goes on with', () => {
  it('the conversation of the mail that it answers, and with its cases', () => {
    expect(threadOf(mail(), found(), EVA)).toEqual({ kind: 'existing', conversation, by: 'requester', about: [it1] });
  });
  it('nothing, when it answers nothing that is known', () => {
    expect(threadOf(mail(), NONE, EVA)).toEqual(NEW);
  });
  it('the conversation whose token stands in the address', () => {
    expect(threadOf(mail({ inReplyTo: null, references: [] }), found({ mails: [] }), { trusted: true, token: conversation })).toMatchObject(
      {
        kind: 'existing',
        by: 'requester',
      },
    );
  });
  it('nothing, when an old thread has another subject; "Re:" and a beginning of it are none', () => {
    expect(threadOf(mail({ subject: 'Bureaustoel kapot' }), found(), EVA)).toEqual(NEW);
    for (const subject of ['Antw: Iets anders', 'Lamp', '', 'FW: Lamp'])
      expect(threadOf(mail({ subject }), found(), EVA), subject).toMatchObject({ kind: 'existing' });
  });
  it('the case that its subject names, where the requester writes', () => {
    const alone = mail({ inReplyTo: null, references: [], subject: `[${REFERENCE}] Lamp` });
    expect(threadOf(alone, found({ mails: [], named: it1 }), EVA)).toEqual({
      kind: 'existing',
      conversation,
      by: 'requester',
      about: [it1],
    });
  });
});

describe('somebody else', () => {
  const stranger = { trusted: false, token: null };
  const pim = mail({ from: { name: 'Pim', address: 'pim@example.org' } });
  it('adds to a case that is open', () => {
    expect(threadOf(pim, found({ sender: null }), stranger)).toEqual({ kind: 'existing', conversation, by: 'other', about: [it1] });
  });
  it('has a question of his own when it is over', () => {
    const closed = found({ sender: null, cases: [{ id: it1, reference: REFERENCE, conversation, state: 'closed' }] });
    expect(threadOf(pim, closed, stranger)).toEqual(NEW);
  });
  it('is also a proven colleague, and the same name at another address', () => {
    expect(threadOf(pim, found({ sender: newId<PersonId>() }), EVA)).toMatchObject({ by: 'other' });
    expect(threadOf(mail({ from: { name: 'Eva', address: 'eva@elsewhere.org' } }), found({ sender: null }), stranger)).toMatchObject({
      by: 'other',
    });
  });
  it('is not who says to be the requester without proof: what he may do the desk knows', () => {
    expect(threadOf(mail(), found({ sender: null }), stranger)).toMatchObject({ by: 'requester' });
  });
});

it('what was asked in a chat goes on by mail under its reference, and is answered by mail', () => {
  const inChat = found({
    mails: [],
    named: it1,
    conversations: [{ id: conversation, channel: 'web', person: { id: eva, name: 'Eva', address: 'eva@example.org', verified: true } }],
  });
  const alone = mail({ inReplyTo: null, references: [] });
  expect(threadOf(alone, inChat, EVA)).toEqual({ kind: 'new', names: REFERENCE });
  expect(threadOf({ ...alone, from: { name: 'Pim', address: 'pim@example.org' } }, { ...inChat, sender: null }, EVA)).toMatchObject({
    by: 'other',
  });
});

it('where it was mailed about before, it goes on in that thread', () => {
  const chat = newId<ConversationId>();
  const person = { id: eva, name: 'Eva', address: 'eva@example.org', verified: true };
  const mailed = found({
    mails: [],
    named: it1,
    conversations: [
      { id: chat, channel: 'teams', person },
      { id: conversation, channel: 'email', person },
    ],
    cases: [chat, conversation].map((where) => ({ id: it1, reference: REFERENCE, conversation: where, state: 'queued' as const })),
  });
  const goesOn = { kind: 'existing', conversation, by: 'requester', about: [it1] };
  expect(threadOf(mail({ inReplyTo: null, references: [] }), mailed, EVA)).toEqual(goesOn);
  // So does an answer to a mail that took the place of a message in the chat.
  const instead = {
    id: 'ours@desk',
    direction: 'out' as const,
    conversation: chat,
    message: null,
    subject: 'Lamp',
    topic: 'Lamp',
    cases: [it1],
  };
  expect(threadOf(mail(), { ...mailed, mails: [instead] }, EVA)).toEqual(goesOn);
});

it('the nearest reference comes first, once and without brackets', () => {
  expect(referredIds({ inReplyTo: '<c@x>', references: ['<a@x>', '<b@x>', '<c@x>', '<>'] })).toEqual(['c@x', 'b@x', 'a@x']);
});
