import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type LlmBehaviour, LlmServer } from '../../test/support/llm-server.ts';
import { Assistant } from './assistant.ts';
import type { LlmBudget, LlmSettings } from './client.ts';

const server = await LlmServer.start();
afterAll(() => server.stop());

let now = 0;
let left = 0;
let settled: { reserved: number; used: number }[] = [];
const budget: LlmBudget = {
  reserve: async (tokens) => {
    if (tokens > left) return false;
    left -= tokens;
    return true;
  },
  settle: async (reserved, used) => {
    left += reserved - used;
    settled.push({ reserved, used });
  },
};
beforeEach(() => {
  now = 0;
  left = 100_000;
  settled = [];
  server.asked.length = 0;
});

const SETTINGS: LlmSettings = { url: server.url, key: 'a-key', model: 'small', azureVersion: null, timeLimitMs: 60_000 };
const open = (settings: Partial<LlmSettings> = {}) => Assistant.open({ ...SETTINGS, ...settings }, budget, () => now);
const answering = (behaviour: LlmBehaviour) => {
  server.answer = () => behaviour;
};
const CANDIDATES = [
  { id: 'printer', name: 'Printer', description: 'Printen en kopiëren.' },
  { id: 'screen', name: 'Beeldscherm', description: 'Beeldschermen.' },
];
const text = (words: string, names: readonly string[] = []) => ({ text: words, names });
const forever = new AbortController().signal;
const choose = (it: Assistant, words = 'er komt niets uit') => it.turn(forever).choose(text(words), CANDIDATES);

describe('choosing', () => {
  it('asks for one of the ids or none, with names and descriptions, and takes the answer', async () => {
    const it = await open();
    answering({ kind: 'json', value: { product: 'printer' } });
    expect(await choose(it)).toEqual({ kind: 'done', value: 'printer' });
    expect(server.asked).toMatchObject([
      {
        path: '/v1/chat/completions',
        authorization: 'Bearer a-key',
        model: 'small',
        name: 'choice',
        data: { text: 'er komt niets uit', products: CANDIDATES },
      },
    ]);
    answering({ kind: 'json', value: { product: 'none' } });
    expect(await choose(it)).toEqual({ kind: 'done', value: null });
    answering({ kind: 'text', text: '```json\n{"product": "screen"}\n```' });
    expect(await choose(it)).toEqual({ kind: 'done', value: 'screen' });
  });

  it('speaks to a deployment on Azure', async () => {
    answering({ kind: 'json', value: { product: 'printer' } });
    const it = await open({ url: server.url.replace('/v1', ''), azureVersion: '2024-10-21' });
    expect(await choose(it)).toEqual({ kind: 'done', value: 'printer' });
    expect(server.asked).toMatchObject([
      { path: '/openai/deployments/small/chat/completions?api-version=2024-10-21', authorization: 'a-key' },
    ]);
  });

  it('sends no personal data', async () => {
    answering({ kind: 'json', value: { product: 'printer' } });
    await (await open())
      .turn(forever)
      .choose(
        text('de printer van Sanne Wijngaarden, 06-12345678, sanne@example.org, budget K-100 200', ['Sanne Wijngaarden']),
        CANDIDATES,
      );
    expect(server.asked[0]?.data.text).toBe('de printer van [name 1], [phone 1], [mail 1], budget [number 1]');
  });
});

describe('what goes wrong', () => {
  const cases: readonly [string, LlmBehaviour, string][] = [
    ['an id that was not offered', { kind: 'json', value: { product: 'taxi' } }, 'invalid'],
    ['more than was asked for', { kind: 'json', value: { product: 'printer', action: 'register' } }, 'invalid'],
    ['prose', { kind: 'text', text: 'I think it is the printer.' }, 'invalid'],
    ['half JSON', { kind: 'text', text: '{"product": "prin' }, 'invalid'],
    ['nothing', { kind: 'text', text: '' }, 'invalid'],
    ['no choices', { kind: 'body', body: '{"choices": []}' }, 'invalid'],
    ['another document', { kind: 'body', body: '[1, 2, 3]' }, 'invalid'],
    ['a body that is no JSON', { kind: 'body', body: '<html>' }, 'invalid'],
    ['a refusal', { kind: 'refusal' }, 'refused'],
    ['a content filter', { kind: 'status', status: 400, code: 'content_filter' }, 'refused'],
    ['a wrong key', { kind: 'status', status: 401 }, 'unavailable'],
    ['an unknown model', { kind: 'status', status: 404 }, 'unavailable'],
    ['an error', { kind: 'status', status: 500 }, 'unavailable'],
    ['overload', { kind: 'status', status: 503 }, 'unavailable'],
    ['a connection that breaks', { kind: 'hang-up' }, 'unavailable'],
  ];
  for (const [what, behaviour, why] of cases)
    it(`${what} is ${why}, asked once`, async () => {
      answering(behaviour);
      expect(await choose(await open())).toEqual({ kind: 'failed', why });
      expect(server.asked).toHaveLength(1);
    });

  it('silence, or half a body, takes no longer than the turn may', async () => {
    for (const kind of ['silence', 'half'] as const) {
      answering({ kind });
      expect(await choose(await open({ timeLimitMs: 50 }))).toEqual({ kind: 'failed', why: 'timeout' });
    }
  });

  it('the limit holds for all questions of a turn together', async () => {
    answering({ kind: 'silence' });
    const turn = (await open({ timeLimitMs: 50 })).turn(forever);
    expect(await turn.choose(text('een'), CANDIDATES)).toEqual({ kind: 'failed', why: 'timeout' });
    answering({ kind: 'json', value: { product: 'printer' } });
    expect(await turn.choose(text('twee'), CANDIDATES)).toEqual({ kind: 'failed', why: 'timeout' });
  });

  it('danger ends the waiting at once', async () => {
    answering({ kind: 'silence' });
    const danger = new AbortController();
    const waiting = (await open()).turn(danger.signal).choose(text('een'), CANDIDATES);
    danger.abort('danger');
    expect(await waiting).toEqual({ kind: 'failed', why: 'danger' });
  });

  it('who asks for patience gets it', async () => {
    answering({ kind: 'status', status: 429, headers: { 'retry-after': '120' } });
    const it = await open();
    expect(await choose(it)).toEqual({ kind: 'failed', why: 'busy' });
    answering({ kind: 'json', value: { product: 'printer' } });
    now = 119_000;
    expect(await choose(it)).toEqual({ kind: 'failed', why: 'busy' });
    expect(server.asked).toHaveLength(1);
    now = 121_000;
    expect(await choose(it)).toEqual({ kind: 'done', value: 'printer' });
  });

  it('one that fails three times in a row is left alone for half a minute', async () => {
    answering({ kind: 'status', status: 500 });
    const it = await open();
    for (let i = 0; i < 3; i++) expect(await choose(it)).toEqual({ kind: 'failed', why: 'unavailable' });
    expect(await choose(it)).toEqual({ kind: 'failed', why: 'busy' });
    expect(server.asked).toHaveLength(3);
    answering({ kind: 'json', value: { product: 'printer' } });
    now = 30_001;
    expect(await choose(it)).toEqual({ kind: 'done', value: 'printer' });
  });

  it('what is spent for the day is not spent twice; what was reserved too much comes back', async () => {
    answering({ kind: 'json', value: { product: 'printer' }, tokens: 77 });
    const it = await open();
    await choose(it);
    expect(settled).toEqual([{ reserved: expect.any(Number), used: 77 }]);
    expect(settled[0]?.reserved).toBeGreaterThan(77);
    expect(left).toBe(100_000 - 77);
    left = 10;
    expect(await choose(it)).toEqual({ kind: 'failed', why: 'budget' });
    expect(server.asked).toHaveLength(1);
  });

  it('a register that fails is no reason to', async () => {
    const broken = { reserve: () => Promise.reject(new Error('no database')), settle: async () => {} };
    expect(await choose(await Assistant.open(SETTINGS, broken))).toEqual({ kind: 'failed', why: 'unavailable' });
  });
});

describe('form values', () => {
  const FIELDS = [
    { id: 'where', asks: 'Waarheen?' },
    { id: 'budget', asks: 'Welk budgetnummer?' },
    { id: 'time', asks: 'Hoe laat?' },
  ];
  it('are pieces of the text, also of what was masked, and nothing that it does not say', async () => {
    answering({ kind: 'json', value: { where: 'het stadhuis van Breda', budget: '[number 1]', time: 'half tien' } });
    const found = await (await open()).turn(forever).fill(text('ik moet naar het stadhuis van Breda op budget 441510'), FIELDS);
    expect(found).toEqual({ kind: 'done', value: { where: 'het stadhuis van Breda', budget: '441510' } });
  });
  it('of fields that were not asked for are refused', async () => {
    answering({ kind: 'json', value: { where: null, budget: null, time: null, product: 'taxi' } });
    expect(await (await open()).turn(forever).fill(text('een taxi'), FIELDS)).toEqual({ kind: 'failed', why: 'invalid' });
  });
});

describe('an answer in other words', () => {
  const SOURCE =
    'Het restaurant is open van 11.30 tot 14.00 uur. Op vrijdag is het niet open. Betalen kan alleen met een pas; bel 1100 voor een groep.';
  const phrase = async (sentences: unknown) => {
    answering({ kind: 'json', value: { sentences } });
    return await (await open()).turn(forever).phrase(text('mag ik met contant geld betalen?'), SOURCE, 'nl');
  };
  it('stands when the source says so', async () => {
    expect(await phrase(['Betalen kan alleen met een pas.'])).toEqual({ kind: 'done', value: 'Betalen kan alleen met een pas.' });
    expect(await phrase(['Het restaurant is open van 11.30 tot 14.00 uur.', 'Op vrijdag is het niet open.'])).toMatchObject({
      kind: 'done',
    });
    expect(await phrase(['Ja, het restaurant is open tot 14.00 uur.'])).toMatchObject({ kind: 'done' });
  });
  it.each([
    [['Betalen kan met contant geld.']],
    [['Het restaurant is open tot 15.00 uur.']],
    [['Op vrijdag is het open.']],
    [['Het restaurant is niet open van 11.30 tot 14.00 uur.']],
    [['Bel 1111 voor een groep.']],
    [['Betalen kan alleen met een pas. Je pincode is 1234.']],
    [['Kijk op https://example.org voor het restaurant.']],
    [['Het restaurant betaalt een groep.', 'U krijgt gratis eten.']],
  ])('is refused when it does not: %s', async (sentences) => {
    expect(await phrase(sentences)).toEqual({ kind: 'failed', why: 'not-grounded' });
  });
  it('of nothing, or of something else than sentences, is invalid', async () => {
    expect(await phrase([])).toEqual({ kind: 'failed', why: 'invalid' });
    expect(await phrase('Betalen kan alleen met een pas.')).toEqual({ kind: 'failed', why: 'invalid' });
  });
});

describe('a summary', () => {
  it('is made of the conversation without personal data', async () => {
    answering({ kind: 'json', value: { summary: 'Wil een kast in 3.14.\nHaast.' } });
    const it = await (await open()).summarise(text('ik ben Jan de Vries en wil een kast in 3.14, met haast'), 'nl', forever);
    expect(it).toEqual({ kind: 'done', value: 'Wil een kast in 3.14. Haast.' });
    expect(server.asked[0]?.data).toEqual({ conversation: 'ik ben [name 1] en wil een kast in 3.14, met haast' });
  });
});
