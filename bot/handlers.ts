import { businessHoursOf, handlerOf } from '../catalogue/index.ts';
import {
  type Actor,
  addBusinessMinutes,
  type Case,
  type Effect,
  type HandlerNews,
  type HandlerReport,
  type NoticeKind,
  type RunId,
} from '../domain/index.ts';
import type { ActionInput } from './case-action.ts';
import { Decision } from './decision.ts';
import { untilText } from './moments.ts';
import { askConfirmReady } from './ready.ts';

/** Decides what follows from what happened to a run: pure, like a turn. */
export function decideHandler(
  input: Omit<ActionInput, 'action' | 'worker'> & { readonly run: RunId; readonly handler: string; readonly news: HandlerNews },
): readonly Effect[] {
  const { case: it, run, handler, news } = input;
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  decision.speak(it.language);
  const holds = it.handler?.id === handler && it.handler.round === run.round;
  const at = { handler, run: run.round };
  switch (news.kind) {
    case 'sent': {
      const externalId = news.externalId ?? undefined;
      const said = news.said ?? undefined;
      if (holds) {
        decision.happen(it, 'sent', HANDLER, at);
        setDeadline(decision, it, handler);
      }
      // Taken back while it was being sent: then the far side is told.
      decision.run({ ...run, handler, state: holds ? 'sent' : 'recalling', externalId, said });
      break;
    }
    case 'falters':
      if (!holds) return [];
      decision.happen(it, 'faltered', HANDLER, at);
      tellTeam(decision, it, 'handler-falters');
      break;
    case 'gave-up':
      if (!holds) return [];
      giveBack(decision, it, run, 'failed', news.said);
      break;
    case 'report':
      if (news.intake) decision.calledBack(news.intake);
      report(decision, it, { run, handler, report: news.report, externalId: news.externalId, holds });
      break;
    default:
      news satisfies never;
  }
  decision.speak(input.conversation.state.language);
  return decision.finish();
}

const HANDLER: Actor = { kind: 'handler' };

interface Reported {
  readonly run: RunId;
  readonly handler: string;
  readonly report: HandlerReport;
  readonly externalId: string | null;
  readonly holds: boolean;
}

/** What the far side says moves the case as long as it has it. What it says later is for a colleague to read. */
function report(decision: Decision, it: Case, { run, handler, report, externalId, holds }: Reported): void {
  const at = { handler, run: run.round, status: report.status, ...(holds ? {} : { late: 1 }) };
  const number = externalId === null ? {} : { externalId };
  const note = (): void => {
    if (report.text) decision.note(it.id, { handler }, report.text, report.status === 'note' ? report.attachments : undefined);
  };
  if (!holds) {
    if (decision.may(it.id, 'reported')) decision.happen(it, 'reported', HANDLER, at);
    note();
    if (report.status !== 'received') tellTeam(decision, it, 'handler-word');
    return;
  }
  const said = report.text ?? undefined;
  switch (report.status) {
    case 'received':
      decision.happen(it, 'reported', HANDLER, at);
      decision.run({ ...run, handler, state: 'sent', ...number, said });
      return;
    case 'note':
      decision.happen(it, 'reported', HANDLER, at);
      note();
      tellTeam(decision, it, 'handler-word');
      return;
    case 'waiting': {
      const reported = decision.happen(it, 'reported', HANDLER, at);
      decision.run({ ...run, handler, state: 'sent', ...number, said });
      const { until } = report;
      if (until && until > decision.now) {
        const delayed = decision.happen(reported, 'delayed', HANDLER, { until: until.toISOString() }, { expectedBy: until });
        const text = decision.texts.delayed(it.reference, report.text, untilText(decision, until));
        decision.say({ text, card: decision.card(delayed) }, [it.id]);
      } else decision.say({ text: decision.texts.waiting(it.reference, report.text), card: decision.card(reported) }, [it.id]);
      return;
    }
    case 'ready':
      askConfirmReady(decision, it, HANDLER, { text: report.text }, null, at);
      decision.run({ ...run, handler, state: 'done', ...number, said });
      return;
    case 'refused':
      note();
      giveBack(decision, it, run, 'refused', report.text);
      return;
    default:
      report satisfies never;
  }
}

/** Back in its team's queue, with the reason: people take over. */
function giveBack(decision: Decision, it: Case, run: RunId, why: 'failed' | 'refused', said: string): void {
  if (!it.handler) return;
  const { id: handler } = it.handler;
  decision.happen(it, 'requeued', HANDLER, { handler, run: run.round, round: it.round + 1, why });
  decision.run({ ...run, handler, state: 'failed', said });
  tellTeam(decision, it, 'handler-failed');
}

/** A supplier is late by its contract, not by the desk's agreement. */
function setDeadline(decision: Decision, it: Case, handler: string): void {
  const settings = handlerOf(decision.catalogue, handler);
  const minutes = settings?.type === 'supplier' ? settings.contract?.complete : undefined;
  if (minutes === undefined) return;
  decision.timer(it.id, addBusinessMinutes(decision.now, minutes, businessHoursOf(decision.catalogue, it.team)), 'handler');
}

/** The contract's time is up. */
export function handlerIsLate(decision: Decision, it: Case): void {
  decision.timerDone(it.id, 'handler');
  if (!it.handler) return;
  decision.happen(it, 'reminded', { kind: 'desk' }, { about: 'handler', step: 'late', handler: it.handler.id });
  tellTeam(decision, it, 'handler-late');
}

function tellTeam(decision: Decision, it: Case, kind: NoticeKind): void {
  decision.notify(it, kind, it.worker ? { role: 'worker', person: it.worker } : { role: 'team' });
}
