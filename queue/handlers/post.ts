import { storable } from '../../domain/index.ts';
import { messageOf } from '../errors.ts';
import { textAt } from './fill.ts';
import type { HandlerOutcome } from './handler.ts';

/** More of an answer says nothing more. */
const ANSWER_BYTES = 64 * 1024;
const SHOWN = 500;
const LONGEST_RETRY_S = 24 * 3600;
/** The far side, or the way to it, may be right again later; other 4xx will say the same the next time. */
const LATER: ReadonlySet<number> = new Set([401, 403, 404, 407, 408, 409, 421, 423, 425, 429]);

/** Posts JSON, and says what became of it in the far side's own words. @param options where the number that it answers with stands, and how long an answer may take */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { externalId, timeoutMs }: { readonly externalId: string | undefined; readonly timeoutMs: number },
): Promise<HandlerOutcome> {
  let response: Response;
  let answer: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Loket', ...headers },
      body,
      // A secret must not follow to wherever an answer points.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    answer = await beginningOf(response);
  } catch (error) {
    return { kind: 'failed', reason: whyUnreachable(error, timeoutMs) };
  }
  const said = [response.status, response.statusText, answer.trim().slice(0, SHOWN)].filter(Boolean).join(' ');
  if (response.ok) return { kind: 'sent', externalId: externalId ? numberIn(answer, externalId) : null, said };
  const refused = response.status >= 400 && response.status < 500 && !LATER.has(response.status);
  if (refused) return { kind: 'refused', reason: said };
  return { kind: 'failed', reason: said, retryAfterMs: retryAfter(response.headers.get('retry-after')) };
}

async function beginningOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES) break;
  }
  return storable(text);
}

function numberIn(answer: string, keys: string): string | null {
  try {
    return textAt(JSON.parse(answer), keys)?.slice(0, 200) ?? null;
  } catch {
    return null;
  }
}

function whyUnreachable(error: unknown, timeoutMs: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} seconds`;
  // `fetch failed` alone says nothing; its cause does.
  return error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
}

function retryAfter(text: string | null): number | undefined {
  return text !== null && /^\d{1,6}$/.test(text) ? Math.min(Number(text), LONGEST_RETRY_S) * 1000 : undefined;
}
