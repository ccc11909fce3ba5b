import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConversationId, newId } from '../../domain/index.ts';
import { reference } from './test/letters.ts';
import { threadOf } from './threading.ts';

const AT = new Date('2026-11-24T10:00:00Z');
const IT = {
  about: newId<ConversationId>(),
  title: 'Te warm',
  references: [reference('SD-7K3Q-MX2J')],
  now: new Date('2026-11-24T12:00:00Z'),
};
const mail = (changed: Partial<Parameters<typeof threadOf>[0][number]> = {}) => ({
  direction: 'in' as const,
  internetMessageId: 'one@example.org',
  references: [],
  subject: 'Te warm',
  threadIndex: null,
  threadTopic: null,
  at: AT,
  ...changed,
});

describe('the subject', () => {
  it.each([
    ['Te warm', 'Re: Te warm [SD-7K3Q-MX2J]'],
    ['RE: Antw: Fwd: Te warm', 'Re: Te warm [SD-7K3Q-MX2J]'],
    ['Re[2]: Te warm', 'Re: Te warm [SD-7K3Q-MX2J]'],
    ['Re: Te warm [SD-7K3Q-MX2J]', 'Re: Te warm [SD-7K3Q-MX2J]'],
    ['te warm sd-7k3q-mx2j', 'Re: te warm sd-7k3q-mx2j'],
    ['', 'Re: [SD-7K3Q-MX2J]'],
    ['Te\r\nBcc: all@example.org', 'Re: Te Bcc: all@example.org [SD-7K3Q-MX2J]'],
  ])('of an answer to "%s" is "%s"', (subject, answer) => {
    expect(threadOf([mail({ subject })], IT).subject).toBe(answer);
  });

  it('of what answers no mail is its title', () => {
    expect(threadOf([], IT)).toMatchObject({ subject: 'Te warm [SD-7K3Q-MX2J]', inReplyTo: null, references: [] });
  });

  it('is cut when it is endless', () => {
    expect(threadOf([mail({ subject: 'x'.repeat(5000) })], IT).subject.length).toBeLessThan(200);
  });
});

describe('the chain', () => {
  it('keeps the beginning and the newest of a thread that never ends', () => {
    const mails = Array.from({ length: 100 }, (_, i) => mail({ internetMessageId: `m${i}@example.org` }));
    const { references } = threadOf(mails, IT);
    expect(references).toHaveLength(41);
    expect([references[0], references.at(-1)]).toEqual(['m0@example.org', 'm99@example.org']);
  });

  it('leaves out what cannot stand in a header', () => {
    const { references } = threadOf([mail({ references: ['a b@x', 'a\r\nBcc: x@y', '<x>@y', 'good@example.org', 'x'.repeat(400)] })], IT);
    expect(references).toEqual(['good@example.org', 'one@example.org']);
  });
});

describe('Outlook’s index', () => {
  it('begins with the thread’s moment and its conversation, and grows by five bytes with each answer', () => {
    const begun = Buffer.from(threadOf([mail()], IT).threadIndex, 'base64');
    expect(begun).toHaveLength(27);
    expect(begun[0]).toBe(1);
    expect(begun.subarray(6, 22).toString('hex')).toBe(IT.about.replaceAll('-', ''));
    const next = Buffer.from(threadOf([mail({ threadIndex: begun.toString('base64') })], IT).threadIndex, 'base64');
    expect(next.subarray(0, 27)).toEqual(begun);
    expect(next).toHaveLength(32);
  });

  it('begins anew where somebody’s is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array({ maxLength: 400 }).map((it) => Buffer.from(it).toString('base64')),
        ),
        (threadIndex) => {
          const length = Buffer.from(threadOf([mail({ threadIndex })], IT).threadIndex, 'base64').length;
          expect((length - 22) % 5).toBe(0);
          expect(length).toBeLessThanOrEqual(322);
        },
      ),
    );
  });
});
