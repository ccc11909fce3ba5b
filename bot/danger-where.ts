import type { OpenQuestion } from '../domain/index.ts';
import { doesNotKnow } from '../intents/index.ts';
import type { Decision } from './decision.ts';
import { titleOf } from './draft.ts';

/** Where an alarm is: it goes into the title, which is what the team sees first. */
export function whereItIs(decision: Decision, question: Extract<OpenQuestion, { kind: 'where' }>, text: string): void {
  decision.settle(question.id);
  const { texts } = decision;
  const it = decision.case(question.case);
  if (!it || !decision.may(it.id, 'added')) return decision.say({ text: texts.alreadyAnswered });
  if (doesNotKnow(text)) return decision.say({ text: texts.detailUnknown }, [it.id]);
  const [head = it.title, ...rest] = it.title.split(' · ');
  const title = titleOf([head, text.trim(), ...rest].join(' · '));
  const after = decision.happen(it, 'added', { kind: 'requester' }, { field: 'where' }, { title });
  decision.say({ text: texts.passedToTeam(decision.teamName(it.team)), card: decision.card(after) }, [it.id]);
}
