/**
 * One question to a language model, by the protocol that OpenAI, Azure and local servers share: instructions, data, and the shape of the answer. It
 * never throws and never takes longer than it may; what goes wrong is said as a reason. The package is loaded only where a model is configured.
 */
import type OpenAI from 'openai';
import { z } from 'zod';
import type { AssistFailure } from '../../domain/index.ts';

export interface LlmSettings {
  /** Where the API is: `https://api.openai.com/v1`, `http://localhost:11434/v1`, or an Azure resource. */
  readonly url: string;
  readonly key: string | null;
  /** The model's name; on Azure the deployment's. */
  readonly model: string;
  /** Set for Azure's own addressing. */
  readonly azureVersion: string | null;
  /** What all questions of one turn may take together, in milliseconds. */
  readonly timeLimitMs: number;
}

/** What it may cost in a day, kept where all processes see it. */
export interface LlmBudget {
  /** Takes tokens from what is left. @returns false when there is not enough */
  reserve(tokens: number): Promise<boolean>;
  /** Says what was really used of a reservation. */
  settle(reserved: number, used: number): Promise<void>;
}

export type Help<Value> = { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'failed'; readonly why: AssistFailure };

/** A question: instructions are ours alone, data is everything that others wrote. */
export interface LlmQuestion<Shape extends z.ZodType> {
  readonly name: string;
  readonly instructions: string;
  readonly data: unknown;
  readonly shape: Shape;
  readonly mostTokens: number;
}

/** After so many failures in a row it is left alone for a while: nobody should wait for what does not come. */
const FAILURES_IN_A_ROW = 3;
const PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;
/** A token of Dutch is three letters or more; a little too many are reserved, and given back. */
const LETTERS_PER_TOKEN = 2.5;

export class LlmClient {
  readonly #api: OpenAI;
  readonly #settings: LlmSettings;
  readonly #budget: LlmBudget;
  readonly #clock: () => number;
  #failures = 0;
  #pausedUntil = 0;

  private constructor(api: OpenAI, settings: LlmSettings, budget: LlmBudget, clock: () => number) {
    this.#api = api;
    this.#settings = settings;
    this.#budget = budget;
    this.#clock = clock;
  }

  static async open(settings: LlmSettings, budget: LlmBudget, clock: () => number = Date.now): Promise<LlmClient> {
    const { OpenAI, AzureOpenAI } = await import('openai');
    const shared = { apiKey: settings.key ?? 'none', maxRetries: 0, logLevel: 'off' } as const;
    const api =
      settings.azureVersion === null
        ? new OpenAI({ ...shared, baseURL: settings.url })
        : new AzureOpenAI({ ...shared, endpoint: settings.url, apiVersion: settings.azureVersion, deployment: settings.model });
    return new LlmClient(api, settings, budget, clock);
  }

  get model(): string {
    return this.#settings.model;
  }

  /** The time that one turn's questions have together; `abort` ends it earlier. */
  timeLimit(abort?: AbortSignal): AbortSignal {
    const limit = AbortSignal.timeout(this.#settings.timeLimitMs);
    return abort ? AbortSignal.any([limit, abort]) : limit;
  }

  /** @param signal its reason `danger` says that something more urgent came; any other is the time that is up */
  async ask<Shape extends z.ZodType>(question: LlmQuestion<Shape>, signal: AbortSignal): Promise<Help<z.output<Shape>>> {
    if (this.#clock() < this.#pausedUntil) return { kind: 'failed', why: 'busy' };
    // What cannot be aborted (a body that trickles in, a register that is slow) is not waited for either.
    const { promise: over, resolve } = Promise.withResolvers<Help<never>>();
    const end = () => resolve({ kind: 'failed', why: signal.reason === 'danger' ? 'danger' : 'timeout' });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    const answer = await Promise.race([over, this.#answer(question, signal)]);
    signal.removeEventListener('abort', end);
    this.#remember(answer);
    return answer;
  }

  async #answer<Shape extends z.ZodType>(question: LlmQuestion<Shape>, signal: AbortSignal): Promise<Help<z.output<Shape>>> {
    const data = JSON.stringify(question.data);
    const reserved = question.mostTokens + Math.ceil((question.instructions.length + data.length) / LETTERS_PER_TOKEN);
    try {
      if (!(await this.#budget.reserve(reserved))) return { kind: 'failed', why: 'budget' };
      const completion = await this.#api.chat.completions.create(
        {
          model: this.#settings.model,
          messages: [
            { role: 'system', content: question.instructions },
            { role: 'user', content: data },
          ],
          response_format: {
            type: 'json_schema',
            json_schema: { name: question.name, strict: true, schema: { ...z.toJSONSchema(question.shape) } },
          },
          max_completion_tokens: question.mostTokens,
        },
        { signal, timeout: this.#settings.timeLimitMs },
      );
      const used = completion.usage?.total_tokens;
      if (typeof used === 'number' && used >= 0) await this.#budget.settle(reserved, used);
      return read(completion, question.shape);
    } catch (error) {
      return { kind: 'failed', why: this.#reasonOf(error) };
    }
  }

  #reasonOf(error: unknown): AssistFailure {
    if (!(error instanceof Error)) return 'unavailable';
    if (/Abort|Timeout/.test(error.constructor.name) || error.name === 'AbortError') return 'timeout';
    const status = 'status' in error && typeof error.status === 'number' ? error.status : null;
    if (status === 429) {
      const headers = 'headers' in error && error.headers instanceof Headers ? error.headers : new Headers();
      this.#pause(retryAfterMs(headers, this.#clock()) ?? PAUSE_MS);
      return 'busy';
    }
    // Azure refuses by an error of its own.
    if (status === 400 && 'code' in error && error.code === 'content_filter') return 'refused';
    return error instanceof SyntaxError ? 'invalid' : 'unavailable';
  }

  #remember(answer: Help<unknown>): void {
    const away = answer.kind === 'failed' && (answer.why === 'timeout' || answer.why === 'unavailable');
    this.#failures = away ? this.#failures + 1 : 0;
    if (this.#failures >= FAILURES_IN_A_ROW) this.#pause(PAUSE_MS);
  }

  #pause(ms: number): void {
    this.#failures = 0;
    this.#pausedUntil = this.#clock() + Math.min(ms, LONGEST_PAUSE_MS);
  }
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfterMs(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Only the text of the first choice is of interest, whatever else a server sends. */
const completionShape = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

function read<Shape extends z.ZodType>(completion: unknown, shape: Shape): Help<z.output<Shape>> {
  const parsed = completionShape.safeParse(completion);
  const choice = parsed.data?.choices[0];
  if (!choice) return { kind: 'failed', why: 'invalid' };
  if (choice.message.refusal || choice.finish_reason === 'content_filter') return { kind: 'failed', why: 'refused' };
  // Some local servers wrap JSON in a code block.
  const text = (choice.message.content ?? '').trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1');
  try {
    const value = shape.safeParse(JSON.parse(text));
    return value.success ? { kind: 'done', value: value.data } : { kind: 'failed', why: 'invalid' };
  } catch {
    return { kind: 'failed', why: 'invalid' };
  }
}
