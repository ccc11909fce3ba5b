import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Desk } from '../bot/index.ts';
import type { CaseId, Channel } from '../domain/index.ts';
import type { Colleague, ListedCase, Register } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { CaseDetail } from './protocol.ts';
import { read } from './read.ts';
import type { Sessions } from './session.ts';

/** Who wrote so lately is taken to be looking at the chat. */
const PRESENT_MS = 5 * 60_000;
/** To somebody who looks at the chat a longer silence would be an answer too. */
const CHAT_SECONDS = 10;

/** For how many milliseconds what is done with a case can be taken back. What is urgent is not held up. */
export async function holdFor(
  { case: it, spokenBy }: ListedCase,
  {
    undoSeconds,
    chats,
    register,
  }: { readonly undoSeconds: number; readonly chats: ReadonlySet<Channel>; readonly register: Pick<Register, 'conversations'> },
): Promise<number> {
  if (undoSeconds === 0 || it.urgent) return 0;
  const heard = chats.has(spokenBy) ? await register.conversations.lastHeard(it.conversation) : null;
  const present = heard !== null && Date.now() - heard.getTime() < PRESENT_MS;
  return 1000 * (present ? Math.min(undoSeconds, CHAT_SECONDS) : undoSeconds);
}

const request = z.object({ since: z.iso.datetime({ offset: true }).transform((text) => new Date(text)) });

interface UndoOptions {
  readonly desk: Desk;
  readonly sessions: Sessions;
  readonly found: (id: string, colleague: Colleague) => Promise<ListedCase>;
  readonly detail: (id: CaseId, colleague: Colleague) => Promise<CaseDetail>;
}

/** A colleague takes back what he did with a case; nothing of it has happened yet, and now it will not. */
export async function undoRoutes(app: FastifyInstance, { desk, sessions, found, detail }: UndoOptions): Promise<void> {
  app.post<{ Params: { id: string } }>('/cases/:id/undo', async (asked): Promise<CaseDetail> => {
    const colleague = await sessions.colleague(asked);
    const { case: it } = await found(asked.params.id, colleague);
    const result = await desk.undo(it.id, read(request, asked.body).since, colleague);
    if (!result) throw new WorkbenchError('not-found');
    if (result.kind === 'refused') throw new WorkbenchError(result.code);
    return detail(it.id, colleague);
  });
}
