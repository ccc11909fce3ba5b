import { expect } from 'vitest';
import type { ChatClient } from './chat-client.ts';
import { ask } from './register-check.ts';

/** The status, the code and a sentence for people. */
export async function expectError(answer: Response, status: number, code: string): Promise<void> {
  const error = expect.objectContaining({ code, message: expect.stringMatching(/^[A-Z].{10,}[.!]/) });
  expect([answer.status, await answer.json()]).toEqual([status, { error }]);
}

interface LedgerRow {
  readonly status: string;
  readonly reason: string | null;
  readonly external_id: string;
  readonly text: string;
}

/** What the intake ledger has of a conversation. */
export async function ledgerOf(ownerUrl: string, chat: ChatClient): Promise<LedgerRow[]> {
  const sql = `select status, reason, external_id, payload ->> 'text' as text from intake where source = $1 order by received_at`;
  return await ask(ownerUrl, sql, [chat.conversation]);
}

interface CaseOfChat {
  readonly id: string;
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

export async function casesIn(ownerUrl: string, chat: ChatClient): Promise<CaseOfChat[]> {
  return await ask(ownerUrl, 'select id, text, values from cases where conversation_id = $1 order by opened_at, id', [chat.conversation]);
}
