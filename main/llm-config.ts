import { z } from 'zod';
import type { LlmSettings } from '../intents/index.ts';

/** The settings of a language model, as `.env.example` explains them. */
export const LLM_SETTINGS = {
  LLM_URL: z
    .string()
    .refine(
      (text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol),
      'must be an address that begins with http:// or https://',
    )
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  LLM_KEY: z.string().min(1).optional(),
  LLM_MODEL: z.string().min(1).optional(),
  LLM_AZURE_VERSION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'must be a version such as 2024-10-21')
    .optional(),
  LLM_TIME_LIMIT: z.coerce.number().int().min(100).max(20_000).default(2_000),
  LLM_TOKENS_PER_DAY: z.coerce.number().int().min(0).max(1_000_000_000).default(500_000),
} as const;

/** A language model, and what it may cost in a day. */
export interface LlmConfig extends LlmSettings {
  readonly tokensPerDay: number;
}

const shape = z.object(LLM_SETTINGS);

/** What the settings together say: null when no model is configured. @returns the problems, a line each, when they do not fit */
export function readLlm(it: Readonly<z.output<typeof shape>>): { readonly llm: LlmConfig | null; readonly problems: readonly string[] } {
  const { LLM_URL: url, LLM_MODEL: model } = it;
  if (url === undefined) {
    const without = (['LLM_MODEL', 'LLM_KEY', 'LLM_AZURE_VERSION'] as const).find((name) => it[name] !== undefined);
    return { llm: null, problems: without ? [`${without} is set without LLM_URL`] : [] };
  }
  if (model === undefined) return { llm: null, problems: ['LLM_URL is set without LLM_MODEL'] };
  return {
    llm: {
      url,
      model,
      key: it.LLM_KEY ?? null,
      azureVersion: it.LLM_AZURE_VERSION ?? null,
      timeLimitMs: it.LLM_TIME_LIMIT,
      tokensPerDay: it.LLM_TOKENS_PER_DAY,
    },
    problems: [],
  };
}
