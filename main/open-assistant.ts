import { Assistant, type LlmBudget } from '../intents/index.ts';
import type { Register } from '../register/index.ts';
import type { LlmConfig } from './llm-config.ts';

/** The language model that is configured; what it costs is counted in the register, for all processes together. */
export async function openAssistant(config: LlmConfig, { llm }: Pick<Register, 'llm'>, timeZone: () => string): Promise<Assistant> {
  const budget: LlmBudget = {
    reserve: (tokens) => llm.reserve(tokens, config.tokensPerDay, timeZone()),
    settle: (reserved, used) => llm.settle(reserved, used, timeZone()),
  };
  return await Assistant.open(config, budget);
}

/** The time for one test: a local model may have to be loaded first. */
const TEST_LIMIT_MS = 15_000;

/**
 * Asks the configured model one small question, as `loket doctor` does.
 * @returns what was found
 * @throws Error that says what to mend
 */
export async function testAssistant(config: LlmConfig): Promise<string> {
  const free: LlmBudget = { reserve: async () => true, settle: async () => {} };
  const patient = { ...config, timeLimitMs: Math.max(TEST_LIMIT_MS, config.timeLimitMs) };
  const assistant = await Assistant.open(patient, free);
  const began = performance.now();
  const answer = await assistant.turn(new AbortController().signal).choose({ text: 'het beeldscherm blijft zwart', names: [] }, [
    { id: 'screen', name: 'Beeldscherm', description: 'Beeldschermen van werkplekken.' },
    { id: 'coffee', name: 'Koffie', description: 'Koffieautomaten.' },
  ]);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const where = `${new URL(config.url).host}, model ${config.model}`;
  if (answer.kind === 'failed') throw new Error(`${where}: ${MEND[answer.why]}`);
  if (answer.value !== 'screen')
    throw new Error(`${where} answers, but took a black screen for ${answer.value ?? 'none'}; choose another LLM_MODEL`);
  if (performance.now() - began > config.timeLimitMs)
    throw new Error(`${where} took ${seconds} s; a turn waits ${config.timeLimitMs} ms (LLM_TIME_LIMIT), so it would never be of use`);
  return `${where}, answers in ${seconds} s; at most ${config.tokensPerDay.toLocaleString('en')} tokens a day`;
}

const MEND = {
  timeout: 'no answer; is the address right, and does the model fit the machine?',
  busy: 'it asks for patience (429): the account has no more room, or too many use it',
  unavailable: 'it answered with an error or not at all; check LLM_URL, LLM_KEY and LLM_MODEL (on Azure also LLM_AZURE_VERSION)',
  refused: 'it refused an ordinary question',
  invalid: 'its answer did not have the shape that was asked for; the server or model does not know structured output (json_schema)',
  'not-grounded': 'its answer could not be used',
  budget: 'there is no budget',
  danger: 'it was broken off',
} as const;
