import { expect, test } from 'vitest';
import { bubble, context, described, desk, EMBEDDED, focused, inChromium, open, PATIENT, say, texts, visit } from './browser-harness.ts';
import type { FormField } from './reply.ts';
import { card, choices, questionId } from './samples.ts';

inChromium('the widget', () => {
  test('works by keyboard alone: opens, sends with Enter, closes with Escape and gives the focus back', async () => {
    const page = await visit();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await bubble(page, 'Hallo, waar kan ik je mee helpen?').waitFor();
    await page.keyboard.type('het is koud');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('in 3.14');
    await page.keyboard.press('Enter');
    await bubble(page, 'Ontvangen: het is koud\nin 3.14').waitFor();
    await page.getByText('Bezorgd').waitFor();
    await page.keyboard.press('Enter');
    expect(desk.posts.map(({ text }) => text)).toEqual(['het is koud\nin 3.14']);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('Chat met de servicedesk');
  });

  test('counts what arrived while the panel was closed', async () => {
    const page = await visit();
    await open(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    desk.say(desk.only, { text: 'Sanne komt eraan' });
    await page.getByRole('button', { name: 'Chat met de servicedesk, 1 nieuw bericht' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Chat met de servicedesk, 1 nieuw bericht' }).click();
    await bubble(page, 'Sanne komt eraan').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Chat met de servicedesk', exact: true }).waitFor();
  });

  test('says above the conversation what is known to be wrong', async () => {
    desk.known = [{ title: 'Lift B staat stil', expectedBy: null }];
    try {
      const page = await visit();
      await open(page);
      await page.getByRole('status', { name: 'Bekende storingen' }).getByText('Lift B staat stil').waitFor();
    } finally {
      desk.known = [];
    }
  });

  test('resumes the conversation after a reload, with the panel as it was', async () => {
    const page = await visit();
    await open(page);
    await say(page, 'waar is mijn pakje');
    await bubble(page, 'Ontvangen: waar is mijn pakje').waitFor();
    await page.reload();
    await bubble(page, 'Ontvangen: waar is mijn pakje').waitFor();
    expect(await page.locator('.bubble').count()).toBe(3);
    expect(desk.conversations.size).toBe(1);
  });

  test('sends what was typed offline once, in order, when the connection is back', async () => {
    const page = await visit();
    await open(page);
    await context.setOffline(true);
    await page.getByText('Geen verbinding, ik probeer het opnieuw').waitFor();
    await say(page, 'een');
    await say(page, 'twee');
    await expect.poll(() => page.getByText('Wacht op verzending').count(), PATIENT).toBe(2);
    expect(desk.posts).toEqual([]);
    await context.setOffline(false);
    await bubble(page, 'Ontvangen: twee').waitFor();
    await page.getByText('Geen verbinding').waitFor({ state: 'detached' });
    expect(texts(desk, 'visitor')).toEqual(['een', 'twee']);
    expect(new Set(desk.posts.map(({ id }) => id)).size).toBe(2);
  });

  test('keeps an unsent message over a reload, and no second tab sends it twice', async () => {
    const page = await visit();
    await open(page);
    desk.failures.push({ status: 503 }, { status: 429, retryAfter: 1 });
    await say(page, 'hallo daar');
    await expect.poll(() => desk.posts.length, PATIENT).toBeGreaterThan(0);
    const other = await visit();
    await page.reload();
    await open(other);
    await bubble(page, 'Ontvangen: hallo daar').waitFor();
    await bubble(other, 'Ontvangen: hallo daar').waitFor();
    expect(texts(desk, 'visitor')).toEqual(['hallo daar']);
    expect(new Set(desk.posts.map(({ id }) => id)).size).toBe(1);
  });

  test('shows a refused message with the reason of the desk; it can be sent again or taken away', async () => {
    const page = await visit();
    await open(page);
    desk.failures.push({ status: 422, message: 'Dit is te lang voor één bericht.' }, { status: 422, message: 'Nog steeds te lang.' });
    await say(page, 'een verhaal');
    await page.getByText('Niet verstuurd. Dit is te lang voor één bericht.').waitFor();
    await page.getByRole('button', { name: 'Opnieuw versturen' }).click();
    await page.getByText('Nog steeds te lang.').waitFor();
    await say(page, 'korter');
    await bubble(page, 'Ontvangen: korter').waitFor();
    await page.getByRole('button', { name: 'Weghalen' }).click();
    await bubble(page, 'een verhaal').waitFor({ state: 'detached' });
    expect(texts(desk, 'visitor')).toEqual(['korter']);
  });

  test('two tabs share one stream, and the second takes it over when the first closes', async () => {
    const first = await visit();
    await open(first);
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    const second = await visit();
    await open(second);
    await bubble(second, 'Hallo, waar kan ik je mee helpen?').waitFor();
    desk.say(desk.only, { text: 'voor allebei' });
    await bubble(first, 'voor allebei').waitFor();
    await bubble(second, 'voor allebei').waitFor();
    expect(desk.streamsOpened).toBe(1);
    desk.typing(desk.only, true);
    await second.getByText('Er wordt een antwoord gemaakt').waitFor({ state: 'attached' });
    await first.close();
    await expect.poll(() => desk.streamsOpened, PATIENT).toBe(2);
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    desk.say(desk.only, { text: 'voor wie bleef' });
    await bubble(second, 'voor wie bleef').waitFor();
    expect(await second.locator('.typing').count()).toBe(0);
  });

  test('fetches what the stream skipped', async () => {
    const page = await visit();
    await open(page);
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    const { streams } = desk.only;
    const held = [...streams];
    streams.clear();
    desk.say(desk.only, { text: 'onderweg verloren' });
    for (const stream of held) streams.add(stream);
    desk.say(desk.only, { text: 'wel aangekomen' });
    await bubble(page, 'onderweg verloren').waitFor();
    expect(await page.locator('.bubble').allInnerTexts()).toEqual(desk.only.messages.map(({ text }) => text));
  });

  test('comes back after the server was away', async () => {
    const page = await visit();
    await open(page);
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    for (const stream of desk.only.streams) stream.destroy();
    await expect.poll(() => desk.openStreams, PATIENT).toBe(0);
    desk.say(desk.only, { text: 'tijdens de storing gezegd' });
    await bubble(page, 'tijdens de storing gezegd').waitFor();
    expect(await page.locator('.bubble').count()).toBe(2);
  });

  test('a visible tab takes the stream over from one that is frozen', async () => {
    const page = await visit();
    await open(page);
    const name = await page.evaluate(async () => {
      const { held } = await navigator.locks.query();
      const name = held?.find((lock) => lock.name?.includes(':stream:'))?.name ?? '';
      // A tab that holds the lock and says nothing any more.
      void navigator.locks.request(name, { steal: true }, () => new Promise(() => undefined)).catch(() => undefined);
      return name;
    });
    expect(name).not.toBe('');
    await expect.poll(() => desk.openStreams, PATIENT).toBe(0);
    const other = await visit();
    await open(other);
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    desk.say(desk.only, { text: 'weer wakker' });
    await bubble(page, 'weer wakker').waitFor();
    await bubble(other, 'weer wakker').waitFor();
  });

  test('the intranet says who it is, and the next person at the same computer starts afresh', async () => {
    const token = (sub: string): string => `e30.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.x`;
    const html = (sub: string): string => EMBEDDED.replace(' async', ` data-token="${token(sub)}" data-language="en" data-open async`);
    desk.html = html('anna');
    const page = await visit();
    await bubble(page, 'Hallo').waitFor();
    await page.getByLabel('Your message').fill('only for Anna');
    await page.getByLabel('Your message').press('Enter');
    await bubble(page, 'Ontvangen: only for Anna').waitFor();
    await page.reload();
    await bubble(page, 'Ontvangen: only for Anna').waitFor();
    desk.html = html('bram');
    await page.reload();
    await expect.poll(() => desk.conversations.size, PATIENT).toBe(2);
    await bubble(page, 'Hallo').waitFor();
    expect(await page.locator('.bubble').count()).toBe(1);
    expect(desk.starts).toEqual([
      { language: 'en', token: token('anna') },
      { language: 'en', token: token('bram') },
    ]);
  });

  test('asks the intranet who it is; a sign-in page instead of a token makes an anonymous visitor', async () => {
    desk.html = EMBEDDED.replace(' async', ' data-token-url="/token" data-open async');
    desk.tokenAnswer = '{"token":"e30.eyJzdWIiOiJhbm5hIn0.x"}';
    await bubble(await visit(), 'Hallo').waitFor();
    expect(desk.starts).toEqual([{ language: 'nl', token: 'e30.eyJzdWIiOiJhbm5hIn0.x' }]);
    desk.tokenAnswer = '<!doctype html><title>Inloggen</title>';
    await bubble(await visit(), 'Hallo').waitFor();
    expect(desk.starts.slice(1)).toEqual([{ language: 'nl' }]);
  });

  test('begins a new conversation, and says so, when the old one can no longer be opened', async () => {
    const page = await visit();
    await open(page);
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    const old = desk.only;
    desk.conversations.clear();
    for (const stream of old.streams) stream.destroy();
    await say(page, 'ben je er nog');
    await page.getByText('Je vorige gesprek is hier niet meer te openen. Dit is een nieuw gesprek.').waitFor();
    await bubble(page, 'Ontvangen: ben je er nog').waitFor();
    expect(desk.only.id).not.toBe(old.id);
  });

  test('answers a question by its button, once, and shows what was chosen', async () => {
    desk.greeting = { text: 'Klopt dat?', ask: choices(1, 'Klopt, melden', 'Aanpassen') };
    const page = await visit();
    await open(page);
    await page.getByRole('button', { name: 'Klopt, melden' }).click();
    await bubble(page, 'Ontvangen: Klopt, melden').waitFor();
    expect(desk.posts[0]).toMatchObject({ text: 'Klopt, melden', answer: { question: questionId(1), value: 'klopt, melden' } });
    expect(await page.getByRole('button', { name: 'Aanpassen', disabled: false }).count()).toBe(0);
    await page.reload();
    await page.getByRole('listitem').filter({ hasText: 'Klopt, melden (gekozen)' }).waitFor();
    expect(await page.getByRole('button', { name: 'Aanpassen' }).count()).toBe(0);
  });

  test('a question that was answered by typing loses its buttons', async () => {
    desk.greeting = { text: 'Klopt dat?', ask: choices(1, 'Ja', 'Nee') };
    desk.answerer = (_request, fake, conversation) => {
      fake.close(conversation, questionId(1));
      return [{ text: 'Goed.' }];
    };
    const page = await visit();
    await open(page);
    await page.getByRole('button', { name: 'Nee' }).waitFor();
    await say(page, 'ja hoor');
    await bubble(page, 'Goed.').waitFor();
    await page.getByRole('button', { name: 'Nee' }).waitFor({ state: 'detached' });
  });

  test('a form says what is missing, and what the desk did not take, at the field', async () => {
    const field = (id: string, label: string, more: Partial<FormField> = {}): FormField => ({
      id,
      label,
      input: 'text',
      required: true,
      ...more,
    });
    const fields = [
      field('budget', 'Budgetnummer'),
      field('date', 'Datum', { input: 'date' }),
      field('note', 'Opmerking', { required: false }),
    ];
    desk.greeting = { text: 'Nog even dit', ask: { kind: 'form', id: questionId(1), fields, submit: 'Aanvragen' } };
    desk.answerer = () => {
      const wrong = field('budget', 'Budgetnummer', { value: '999', error: 'Dit budgetnummer bestaat niet.' });
      return [{ text: 'Kijk even naar het budgetnummer.', ask: { kind: 'form', id: questionId(2), fields: [wrong], submit: 'Aanvragen' } }];
    };
    const page = await visit();
    await open(page);
    await page.getByRole('button', { name: 'Aanvragen' }).click();
    const budget = page.getByLabel('Budgetnummer');
    expect(await described(budget)).toBe('Vul dit in.');
    expect(await focused(page)).toBe('Budgetnummer *');
    await budget.fill('999');
    await page.getByLabel('Datum').fill('2099-12-03');
    await page.keyboard.press('Enter');
    await bubble(page, 'Kijk even naar het budgetnummer.').waitFor();
    expect(desk.posts[0]?.answer).toEqual({ question: questionId(1), value: { budget: '999', date: '2099-12-03', note: '' } });
    expect(desk.posts[0]?.text).toBe('Budgetnummer: 999\nDatum: do 3 dec 2099');
    await expect.poll(() => page.locator('form.form').count(), PATIENT).toBe(1);
    expect(await described(budget)).toBe('Dit budgetnummer bestaat niet.');
    await expect.poll(() => focused(page), PATIENT).toBe('Budgetnummer *');
  });

  test('what is filled in stays when the stream tells the question once more', async () => {
    const fields: FormField[] = [{ id: 'name', label: 'Je naam', input: 'text', required: true }];
    desk.greeting = { text: 'Wie ben je?', ask: { kind: 'form', id: questionId(1), fields, submit: 'Verder' } };
    const page = await visit();
    await open(page);
    await page.getByLabel('Je naam').fill('Jan de Vries');
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    desk.repeat(desk.only);
    desk.say(desk.only, { text: 'Er is nieuws' });
    await bubble(page, 'Er is nieuws').waitFor();
    expect(await page.getByLabel('Je naam').inputValue()).toBe('Jan de Vries');
  });

  test('the card of a case changes where it stands', async () => {
    desk.greeting = { text: 'Gemeld.', card: card('queued') };
    const page = await visit();
    await open(page);
    await page.getByRole('listitem').filter({ hasText: 'Ontvangen' }).and(page.locator('[aria-current=step]')).waitFor();
    await expect.poll(() => desk.openStreams, PATIENT).toBe(1);
    desk.say(desk.only, { text: 'Sanne is ermee bezig.', card: { ...card('claimed'), worker: 'Sanne' } });
    await page.locator('[aria-current=step]').filter({ hasText: 'In behandeling (Sanne)' }).waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    await page.getByRole('button', { name: 'SD-7K3Q-MX2J · In behandeling (Sanne)' }).click();
    expect(await focused(page)).toBe('SD-7K3Q-MX2J');
  });
});
