import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { world } from '../../bot/test/world.ts';
import { type ConversationId, newId, type QuestionId } from '../../domain/index.ts';
import { BASE, MailDesk } from '../../test/support/mail-desk.ts';
import { addresseeOf, Links } from './links.ts';

const KEY = randomBytes(32);
const ANSWER = {
  conversation: newId<ConversationId>(),
  question: newId<QuestionId>(),
  value: 'yes',
  addressee: addresseeOf({ id: newId(), address: 'eva@example.org' }),
};
const NOW = new Date('2026-11-24T10:00:00Z');

describe('a link', () => {
  it('says who answers what, and until when', () => {
    const links = new Links(KEY, BASE);
    const url = links.make(ANSWER, NOW) ?? '';
    expect(url).toMatch(/^https:\/\/desk\.example\.org\/mail\/[\w-]+$/);
    expect(url.length).toBeLessThan(120);
    expect(links.read(url.split('/').at(-1) ?? '')).toEqual({ ...ANSWER, expires: new Date('2026-12-24T10:00:00Z') });
  });

  it('carries any value that a choice may have', () => {
    const links = new Links(KEY, BASE);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        const url = links.make({ ...ANSWER, value }, NOW);
        if (url) expect(links.read(url.split('/').at(-1) ?? '')?.value).toBe(value.toWellFormed());
      }),
    );
    expect(links.make({ ...ANSWER, value: 'x'.repeat(300) }, NOW)).toBeNull();
  });

  it('that was changed anywhere, or signed with another key, is none', () => {
    const links = new Links(KEY, BASE);
    const token = (links.make(ANSWER, NOW) ?? '').split('/').at(-1) ?? '';
    const bytes = Buffer.from(token, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(links.read(changed.toString('base64url'))).toBeNull();
    }
    expect(new Links(randomBytes(32), BASE).read(token)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => links.read(text) === null));
  });

  it('is of one person at one address', () => {
    const person = { id: newId<never>(), address: 'Eva@example.org' };
    expect(addresseeOf(person)).toBe(addresseeOf({ ...person, address: 'eva@EXAMPLE.org' }));
    expect(addresseeOf(person)).not.toBe(addresseeOf({ ...person, address: 'eve@example.org' }));
    expect(addresseeOf(person)).not.toBe(addresseeOf({ ...person, id: newId<never>() }));
  });
});

describe('the page behind a link', () => {
  let desk: MailDesk;
  beforeAll(() => world(), 120_000);
  beforeEach(async () => {
    desk = await MailDesk.open();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await desk.close();
  });

  /** The link with this name in a mail's text. */
  const linkIn = (text: string | undefined, label: string): string => {
    const url = new RegExp(`^${label}: ${BASE}(/mail/\\S+)$`, 'm').exec(text ?? '')?.[1];
    if (!url) throw new Error(`no link "${label}" in: ${text}`);
    return url;
  };
  const get = (url: string) => desk.app.inject({ method: 'GET', url });
  const post = (url: string) =>
    desk.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: '' });

  it('asks once more, and looking at it changes nothing', async () => {
    const conversation = await desk.write('De koffieautomaat in kamer 2.10 is leeg.');
    const url = linkIn((await desk.mail()).text, 'Ongedaan maken');
    for (let i = 0; i < 3; i++) {
      const page = await get(url);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('<button type="submit">Ongedaan maken</button>');
      expect(page.body).toContain('Je antwoordt als Eva Jansen.');
      expect(page.body).not.toMatch(/<script|http-equiv|onload/i);
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(page.headers['set-cookie']).toBeUndefined();
      expect((await desk.app.inject({ method: 'HEAD', url })).statusCode).toBe(200);
    }
    expect((await desk.cases(conversation))[0]?.state).toBe('queued');
  });

  it('takes the answer as any other, once, and a mail follows', async () => {
    const conversation = await desk.write('De koffieautomaat in kamer 2.10 is leeg.');
    const url = linkIn((await desk.mail()).text, 'Ongedaan maken');
    const answers = await Promise.all([post(url), post(url)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
    const done = answers.find(({ statusCode }) => statusCode === 200);
    expect(done?.body).toContain('is ingetrokken; er gebeurt niets mee.');
    expect((await desk.cases(conversation))[0]?.state).toBe('withdrawn');
    expect((await desk.mail(2)).text).toContain('is ingetrokken; er gebeurt niets mee.');
    expect((await post(url)).statusCode).toBe(410);
    expect((await get(url)).body).toContain('Deze vraag is al beantwoord.');
    await desk.settled();
    expect(desk.receiver.mails).toHaveLength(2);
  });

  it('of a ready report spends the other choice too', async () => {
    const conversation = await desk.write('De koffieautomaat in kamer 2.10 is leeg.');
    const sanne = await desk.worker('Sanne Bakker');
    const [it] = await desk.cases(conversation);
    if (!it) throw new Error('there is no case');
    await desk.act(it.id, { action: 'claim' }, sanne);
    await desk.act(it.id, { action: 'ready', text: 'Gevuld.' }, sanne);
    await desk.settled();
    const text = (await desk.mails(1)).map((mail) => mail.text).find((said) => said?.includes('Gevuld.'));
    const yes = linkIn(text, 'Ja');
    const no = linkIn(text, 'Nog niet');
    expect((await get(yes)).body).toMatch(/SD-\S+<\/p>\s*<p>Is het nu goed\?<\/p>[\s\S]*class="primary">Ja</);
    expect((await post(no)).body).toContain('Wat is er nog niet goed?');
    expect((await desk.cases(conversation))[0]?.state).toBe('queued');
    expect((await post(yes)).statusCode).toBe(410);
    expect((await desk.cases(conversation))[0]?.state).toBe('queued');
  });

  it('under an answer says that it did not help', async () => {
    const conversation = await desk.write('hoe laat gaat het restaurant open?');
    const url = linkIn((await desk.mail()).text, 'Dit hielp niet');
    expect((await get(url)).body).toContain('<button type="submit">Dit hielp niet</button>');
    await post(url);
    expect((await desk.cases(conversation))[0]?.state).toBe('queued');
  });

  it('is past when it expired, and when it is somebody else’s now', async () => {
    const conversation = await desk.write('De koffieautomaat in kamer 2.10 is leeg.');
    const url = linkIn((await desk.mail()).text, 'Ongedaan maken');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 86_400_000 });
    for (const answer of [await get(url), await post(url)]) {
      expect(answer.statusCode).toBe(410);
      expect(answer.body).toContain('Deze link is verlopen.');
    }
    vi.useRealTimers();
    await desk.look(`update people set address = 'other@example.org' where address = 'eva@example.org'`);
    expect((await post(url)).statusCode).toBe(404);
    expect((await desk.cases(conversation))[0]?.state).toBe('queued');
  });

  it.each(['/mail/x', '/mail/..%2F..', `/mail/${'A'.repeat(120)}`, '/mail/%00'])('that nobody was sent is none: %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404);
    expect((await post(url)).statusCode).toBe(404);
  });
});
