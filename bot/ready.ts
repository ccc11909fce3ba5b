import { businessHoursOf } from '../catalogue/index.ts';
import { type Actor, addBusinessMinutes, type Case, type PersonId, type Reply } from '../domain/index.ts';
import type { Decision } from './decision.ts';

/** A ready case that nobody confirms or contradicts is closed after five days of the team's work. In business minutes. */
const SILENCE = 5 * 8 * 60;

/** Reports a case ready and asks whether it is. @param author the worker whose words they are, null for the desk */
export function askConfirmReady(
  decision: Decision,
  it: Case,
  actor: Actor,
  said: Pick<Reply, 'text' | 'attachments'>,
  author: PersonId | null,
  data: Record<string, string | number | null> = {},
): void {
  const { texts } = decision;
  decision.settleCase(it.id);
  const done = decision.happen(it, 'ready', actor, data);
  // Its requester is told when the whole is ready; what was done stays with the part.
  if (it.part) return author ? decision.note(it.id, author, said.text, said.attachments) : undefined;
  // What many ask is answered for all of them.
  const gathered = decision.disruptionOn(it.id);
  if (gathered) decision.endDisruption(gathered, { kind: 'solved', text: said.text });
  decision.timer(it.id, addBusinessMinutes(decision.now, SILENCE, businessHoursOf(decision.catalogue, it.team)));
  const id = decision.ids.question();
  const choices = [
    { value: 'yes', label: texts.readyYes, primary: true },
    { value: 'no', label: texts.readyNo },
  ];
  decision.ask(
    { kind: 'confirm-ready', id, case: it.id },
    {
      ...said,
      text: `${texts.ready(it.reference, said.text)}\n\n${texts.readyAsk}`,
      card: decision.card(done, null),
      ask: { kind: 'choices', id, choices },
    },
    [it.id],
    author,
  );
}
