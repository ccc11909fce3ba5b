import { afterAll, describe, expect, it } from 'vitest';
import { type LlmBehaviour, LlmServer } from '../test/support/llm-server.ts';
import type { LlmConfig } from './llm-config.ts';
import { testAssistant } from './open-assistant.ts';

const server = await LlmServer.start();
afterAll(() => server.stop());

const config: LlmConfig = { url: server.url, key: null, model: 'small', azureVersion: null, timeLimitMs: 60_000, tokensPerDay: 1_000 };

describe('the test of a language model', () => {
  it('says what answers, and what it may use', async () => {
    server.answer = () => ({ kind: 'json', value: { product: 'screen' } });
    expect(await testAssistant(config)).toMatch(/^127\.0\.0\.1:\d+, model small, answers in [\d.]+ s; at most 1,000 tokens a day$/);
  });

  it.each<[string, LlmBehaviour, RegExp]>([
    ['the key is wrong', { kind: 'status', status: 401 }, /check LLM_URL, LLM_KEY and LLM_MODEL/],
    ['there is no such path', { kind: 'status', status: 404 }, /check LLM_URL/],
    ['there is no room', { kind: 'status', status: 429 }, /429/],
    ['it knows no structured output', { kind: 'text', text: 'It is the screen!' }, /json_schema/],
    ['it understands nothing', { kind: 'json', value: { product: 'coffee' } }, /took a black screen for coffee; choose another LLM_MODEL/],
  ])('says what to mend when %s', async (_, behaviour, says) => {
    server.answer = () => behaviour;
    await expect(testAssistant(config)).rejects.toThrow(says);
  });

  it('says so when nothing is there', async () => {
    const gone = await LlmServer.start();
    const { url } = gone;
    await gone.stop();
    await expect(testAssistant({ ...config, url })).rejects.toThrow(/check LLM_URL/);
  });
});
