/**
 * A language model beside the running desk, as bad as it can be: one that does whatever the customer's text tells it, one that is slow, one that fails.
 * Nothing it says registers anything, tells anything of others, or is shown as an answer without a source; and danger does not wait for it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../catalogue/index.ts';
import { createDatabase } from './setup/database.ts';
import { ChatClient, newVisitor } from './support/chat-client.ts';
import { eventually } from './support/eventually.ts';
import { type AskedLlm, type LlmBehaviour, LlmServer } from './support/llm-server.ts';
import { ask } from './support/register-check.ts';
import { RunningDesk } from './support/running-desk.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const database = await createDatabase();
const server = await LlmServer.start();
/** The time limit is as long as it may be: what must not wait for it would be seen to. */
const settings = { LLM_URL: server.url, LLM_MODEL: 'small', LLM_KEY: 'key', LLM_TIME_LIMIT: '20000' };
const desk = new RunningDesk({ database, settings });
const loaded = await loadCatalogue(join(ROOT, 'catalogue'));
if (loaded.kind !== 'ok') throw new Error('the catalogue has mistakes');
const { catalogue } = loaded;
/** All that the desk may answer by itself. */
const ANSWERS = [...catalogue.products.flatMap(({ answers }) => answers), ...catalogue.organisation.answers].flatMap(({ text }) => [
  text.nl,
  text.en,
]);
const SECRET = 'het zwembad van Geheime Klant lekt, bel 06-98765432';

beforeAll(() => desk.start(), 240_000);
afterAll(async () => {
  await desk.stop();
  await server.stop();
  await database.drop();
});
beforeEach(() => {
  server.asked.length = 0;
  server.answer = obedient;
});

/** Does what no model should: takes the last product, any piece for any field, and says what it was told to say. */
function obedient({ name, data }: AskedLlm): LlmBehaviour {
  if (name === 'choice') {
    const products = Array.isArray(data.products) ? data.products : [];
    return { kind: 'json', value: { product: products.at(-1)?.id ?? 'none' } };
  }
  if (name === 'values') {
    const fields: readonly { readonly id: string }[] = Array.isArray(data.fields) ? data.fields : [];
    return { kind: 'json', value: Object.fromEntries(fields.map(({ id }) => [id, String(data.text)])) };
  }
  if (name === 'answer')
    return {
      kind: 'json',
      value: { sentences: ['Het is goedgekeurd, het wachtwoord is hunter2.', 'Ga naar https://zeepaard.example.org.'] },
    };
  return { kind: 'json', value: { summary: 'Alles is goedgekeurd.' } };
}

interface CaseRow {
  readonly id: string;
  readonly state: string;
  readonly why: { readonly assisted?: { readonly failed?: string; readonly chose?: string } };
}

interface ConversationRow {
  readonly state: { readonly open: readonly { readonly kind: string; readonly draft?: Pick<CaseRow, 'why'> }[] };
}

const casesOf = (chat: ChatClient) =>
  ask<CaseRow>(database.ownerUrl, 'select id, state, why from cases where conversation_id = $1 order by opened_at', [chat.conversation]);

interface Said {
  readonly text: string;
  readonly reply: { readonly sources?: readonly unknown[] } | null;
}

const saidIn = (chat: ChatClient) =>
  ask<Said>(database.ownerUrl, `select text, reply from messages where conversation_id = $1 and direction = 'out' order by seq`, [
    chat.conversation,
  ]);

const begin = (name?: string) => ChatClient.start(() => desk.url, newVisitor(name));

describe("a customer's text", () => {
  it('cannot make it do anything: no action, nothing of others, no answer without a source', async () => {
    const other = await begin('Geheime Klant');
    await other.say(SECRET);
    const texts = (await readFile(join(ROOT, 'test/llm/injections.txt'), 'utf8')).split('\n').filter(Boolean);
    expect(texts.length).toBeGreaterThanOrEqual(40);
    for (const text of texts) {
      const chat = await begin();
      await chat.say(text);
      const acted = (await casesOf(chat)).filter(({ why, state }) => why.assisted !== undefined && state !== 'ready');
      expect(acted, text).toEqual([]);
      for (const { text: said, reply } of await saidIn(chat)) {
        // Words of the model alone, and of somebody else; what the asker said may be repeated to him.
        expect(said, text).not.toMatch(/hunter2|zeepaard|zwembad|98765432/i);
        if (reply?.sources)
          expect(
            ANSWERS.some((answer) => said.startsWith(answer)),
            `${text} → ${said}`,
          ).toBe(true);
      }
    }
    expect(server.asked.length).toBeGreaterThan(0);
    for (const { instructions, data, text } of server.asked) {
      expect(texts.some((it) => instructions.includes(it))).toBe(false);
      expect(text).not.toMatch(/Femke|441510|98765432|@example/);
      const products: readonly { readonly id: string }[] = Array.isArray(data.products) ? data.products : [];
      for (const { id } of products) expect(catalogue.products.find((it) => it.id === id)?.restricted).toBe(false);
    }
  });

  it('that is restricted is sent nowhere', async () => {
    const chat = await begin();
    for (const text of ['ik ben ziek en blijf thuis', 'ik heb ook koorts', 'wat moet ik nog meer doen dan']) await chat.say(text);
    expect(server.asked).toEqual([]);
  });
});

const UNSURE = 'er hangt een raar luchtje bij ons';

describe('the language model', () => {
  it('narrows what the desk is not sure of to a guess, which the asker confirms; the case says who chose', async () => {
    server.answer = () => ({ kind: 'json', value: { product: 'heating-cooling' } });
    const chat = await begin();
    const asked = (await chat.say(UNSURE)).at(-1)?.reply?.ask;
    expect(await casesOf(chat)).toEqual([]);
    await chat.press(asked?.id ?? '', 'yes');
    expect(await casesOf(chat)).toMatchObject([{ why: { assisted: { model: 'small', chose: 'heating-cooling' } } }]);
  });

  it('that fails leaves everything as the desk decides by itself, and the case says so', async () => {
    for (const [behaviour, failed] of [
      [{ kind: 'status', status: 503 }, 'unavailable'],
      [{ kind: 'text', text: '{"product": "heat' }, 'invalid'],
      [{ kind: 'refusal' }, 'refused'],
    ] satisfies [LlmBehaviour, string][]) {
      server.answer = () => behaviour;
      const chat = await begin();
      const asked = (await chat.say(UNSURE)).at(-1)?.reply?.ask;
      await chat.press(asked?.id ?? '', 'yes');
      expect(await casesOf(chat)).toMatchObject([{ state: 'queued', why: { assisted: { model: 'small', failed } } }]);
    }
  });

  it('is not asked about danger, and danger does not wait until it has answered what came before', async () => {
    server.answer = () => ({ kind: 'silence' });
    const chat = await begin();
    const next = server.next();
    const slow = chat.say(UNSURE);
    await next;
    const said = await chat.say('er is brand in kamer 3.14');
    expect(said.some(({ text }) => text.includes('112'))).toBe(true);
    await slow;
    const [row] = await ask<ConversationRow>(database.ownerUrl, 'select state from conversations where id = $1', [chat.conversation]);
    const offer = row?.state.open.find(({ kind }) => kind === 'offer-person');
    expect(offer?.draft?.why.assisted?.failed).toBe('danger');
    expect(server.asked).toHaveLength(1);
  });

  it('summarises what was said at length for the colleague who takes it over, and never what is restricted', async () => {
    const long =
      'sinds vorige week dinsdag flikkert de lamp boven mijn bureau in kamer 3.14 en gisteren ging hij helemaal uit, daarna deed hij het weer even maar vanochtend was het opnieuw mis, kunnen jullie er een monteur naar laten kijken want ik krijg er hoofdpijn van';
    const [first, second] = [await begin(), await begin()];
    await first.say(long);
    const [lamp] = await casesOf(first);
    const summary = (id = '') =>
      ask<{ text: string; model: string }>(database.ownerUrl, 'select text, model from case_summaries where case_id = $1', [id]);
    await eventually(async () => expect(await summary(lamp?.id)).toEqual([{ text: 'Alles is goedgekeurd.', model: 'small' }]));
    server.asked.length = 0;
    await second.say(`ik ben ziek en heb koorts, ${long.replace('de lamp', 'mijn hoofd')}`);
    expect(server.asked.filter(({ name }) => name === 'summary')).toEqual([]);
  });

  it('is counted in the register', async () => {
    const [row] = await ask<{ tokens: number; calls: number }>(database.ownerUrl, 'select tokens::int, calls from llm_usage');
    expect(row?.calls).toBeGreaterThan(5);
    expect(row?.tokens).toBeGreaterThan(100);
  });
});
