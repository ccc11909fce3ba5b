import { type AttachmentId, type Case, type Incoming, type Person, type PersonId, TIMER_EARLY_MS } from '../domain/index.ts';
import { answerArrived } from './answers.ts';
import type { Decision } from './decision.ts';

/**
 * A live take-over: a colleague talks with the requester in the requester's own chat, by name, and the desk is silent. It lasts until it is handed
 * back, the case leaves the colleague's hands, or nothing was heard of the colleague for the organisation's `takeOverMinutes`. Danger goes first
 * still. A question on a case is no take-over: it silences nothing.
 */

const MINUTE_MS = 60_000;

/** What a colleague says in the chat. */
interface Chat {
  readonly text: string;
  readonly attachments?: readonly AttachmentId[] | undefined;
  /** From whom it is taken over, when somebody has it already: who presses must have been told. */
  readonly from?: PersonId | undefined;
}

/**
 * A colleague's own message in the chat; with the first the take-over begins. Nobody talks on a case that waits to be claimed: it is claimed with it.
 * @returns who has the conversation, when that is somebody else and was not named; then nothing was done
 */
export function chat(decision: Decision, it: Case, { id, name }: Pick<Person, 'id' | 'name'>, said: Chat): PersonId | null {
  const before = decision.takeOver;
  const holder = before ? before.by : it.worker;
  if (holder !== null && holder !== id && said.from !== holder) return holder;
  const actor = { kind: 'worker', id } as const;
  const claimed = it.state === 'queued' ? decision.happen(it, 'claimed', actor) : it;
  const begins = before?.by !== id || before.case !== it.id;
  if (before && before.case !== it.id) decision.timerDone(before.case, 'take-over');
  if (begins) decision.happen(claimed, 'taken-over', actor);
  const at = decision.now.toISOString();
  decision.takeOver = { by: id, name, case: it.id, since: begins ? at : before.since, active: at, unread: false };
  const files = said.attachments?.length ? { attachments: said.attachments } : {};
  decision.say({ text: said.text, ...files, ...(begins ? { colleague: name } : {}) }, [it.id], id);
  return null;
}

/** Whatever the colleague does with the case shows that he is there. */
export function stillThere(decision: Decision, it: Case, worker: PersonId): void {
  const now = decision.takeOver;
  if (now?.case !== it.id || now.by !== worker) return;
  decision.takeOver = { ...now, active: decision.now.toISOString(), unread: false };
  decision.timer(it.id, quietFrom(decision, decision.now), 'take-over');
}

/** The timer fired: nothing was heard of the colleague for long enough, or it looks again when that may be. */
export function whenQuiet(decision: Decision, it: Case): void {
  const now = decision.takeOver;
  if (now?.case !== it.id) return decision.timerDone(it.id, 'take-over');
  const until = quietFrom(decision, new Date(now.active));
  if (until.getTime() > decision.now.getTime() + TIMER_EARLY_MS) return decision.timer(it.id, until, 'take-over');
  decision.handBack({ kind: 'desk' });
}

/** What is said while a colleague talks is for the colleague: it is kept with the case, and the desk says nothing. @returns whether it was so */
export function forColleague(decision: Decision, message: Incoming): boolean {
  return tellColleague(decision, message.sender);
}

/** Keeps the message with the case that is talked about, and tells the colleague once until he answers. @returns whether one talks */
export function tellColleague(decision: Decision, sender: Incoming['sender'] = undefined): boolean {
  const now = decision.takeOver;
  const it = now && decision.case(now.case);
  if (!now || !it) return false;
  decision.link(it.id);
  for (const asked of decision.open) if (asked.kind === 'worker-question' && asked.case === it.id) decision.settle(asked.id);
  const by = sender?.kind === 'other' ? 'other' : sender?.kind === 'requester' && !sender.proven ? 'unproven' : 'said';
  const after = answerArrived(decision, it, by, { kind: by === 'said' ? 'requester' : 'desk' });
  if (!now.unread) decision.notify(after, 'chat', { role: 'worker', person: now.by });
  decision.takeOver = { ...now, unread: true };
  return true;
}

function quietFrom(decision: Decision, active: Date): Date {
  return new Date(active.getTime() + decision.catalogue.organisation.takeOverMinutes * MINUTE_MS);
}
