import type { Case, Incoming } from '../domain/index.ts';
import { answerArrived } from './answers.ts';
import type { Decision } from './decision.ts';
import { isStranger } from './stranger.ts';

/** What a message may do follows from who wrote it. */

/** The cases in these states still have somebody who reads on. */
const LIVE: ReadonlySet<Case['state']> = new Set(['open', 'queued', 'claimed', 'waiting', 'ready']);

/**
 * Somebody else than the requester wrote, or somebody who cannot be shown to be him: what he says is kept with the cases it is about, marked, and
 * does nothing else. Nothing is said back: it would tell him, or it would tell the requester what he did not ask. @returns whether it was so
 */
export function onlyAdds(decision: Decision, { sender, about = [] }: Incoming): boolean {
  if (!sender || !isStranger(sender, decision.person)) return false;
  const live = decision.cases().filter((it) => LIVE.has(it.state));
  const here = live.filter((it) => it.conversation === decision.conversation.id);
  const meant = live.filter((it) => about.includes(it.id));
  for (const it of meant.length > 0 ? meant : here.slice(0, 1)) {
    decision.link(it.id);
    answerArrived(decision, it, sender.kind === 'other' ? 'other' : 'unproven', { kind: 'desk' });
  }
  return true;
}

/** Nobody has shown that he is the requester: he may ask, but not withdraw or read what was. */
export function isUnproven({ sender }: Incoming): boolean {
  return sender?.kind === 'requester' && !sender.proven;
}
