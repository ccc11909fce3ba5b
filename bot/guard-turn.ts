import { standbyAt, teamOf } from '../catalogue/index.ts';
import type { Case, NoticeKind, NoticeTo } from '../domain/index.ts';
import type { Decision } from './decision.ts';
import { type GuardStep, guardSteps } from './guard.ts';

/** A moment at closing time is still within the team's hours when its timer fires a little later. */
const CLOSING_MS = 5 * 60_000;

/**
 * The guard's timer fired: tells colleagues what is due by now, of each matter the most pressing only, gives an idle claim back, and sets the timer for
 * what comes next. Nobody is reminded while the team is closed, except of what is urgent.
 * @param active when something last happened with the case
 */
export function guard(decision: Decision, it: Case, active: Date): void {
  const opens = decision.opensAt(it.team, new Date(decision.now.getTime() - CLOSING_MS));
  if (!it.urgent && opens > decision.now && guardSteps(it, decision.history(it.id), decision.catalogue, active).length > 0)
    return decision.timer(it.id, opens, 'guard');
  const due = guardSteps(it, decision.history(it.id), decision.catalogue, active).filter(({ at }) => at <= decision.now);
  let now = it;
  for (const step of [...Map.groupBy(due, ({ about }) => about).values()].flatMap((steps) => steps.slice(-1)))
    now = tell(decision, now, step);
  const [next] = guardSteps(now, decision.history(it.id), decision.catalogue, active);
  if (next) decision.timer(it.id, next.at, 'guard');
  else decision.timerDone(it.id, 'guard');
}

function tell(decision: Decision, it: Case, { about, step }: GuardStep): Case {
  const { texts } = decision;
  const reminded = decision.happen(it, 'reminded', { kind: 'desk' }, { about, step });
  const team = teamOf(decision.catalogue, it.team);
  const hands: NoticeTo = it.worker ? { role: 'worker', person: it.worker } : { role: 'team' };
  const coordinator: NoticeTo[] = team?.coordinator ? [{ role: 'coordinator', address: team.coordinator }] : [];
  const manager: NoticeTo[] = team?.manager ? [{ role: 'manager', address: team.manager }] : coordinator;
  const notify = (kind: NoticeKind, to: readonly NoticeTo[]): void => {
    for (const one of to) decision.notify(it, kind, one);
  };
  switch (about) {
    case 'respond':
    case 'complete':
      if (step === 'warn') notify(`${about}-soon`, [hands]);
      else if (step === 'escalate') notify('stays-late', manager);
      else {
        notify(`${about}-late`, [hands, ...coordinator]);
        // Bad news comes before they ask; who was told a later moment knows it already, and who talks with a colleague hears it of him.
        const name = decision.teamName(it.team);
        const text = about === 'respond' ? texts.notLookedAt(it.reference, name) : texts.late(it.reference, name);
        if (!it.expectedBy && decision.takeOver?.case !== it.id) decision.say({ text, card: decision.card(reminded) }, [it.id]);
      }
      return reminded;
    case 'promise':
      notify('promise-late', [hands, ...coordinator]);
      return reminded;
    case 'urgent':
      notify('urgent', team?.manager ? [...coordinator, ...manager] : manager);
      return reminded;
    case 'idle':
      notify(step === 'release' ? 'taken-back' : 'idle', [hands]);
      return step === 'release' ? decision.happen(reminded, 'released', { kind: 'desk' }, { round: it.round + 1, idle: 1 }) : reminded;
    default:
      about satisfies never;
      return reminded;
  }
}

/** An alarm is heard at once: by the team's workbench, and by who stands by while the team is closed. */
export function soundAlarm(decision: Decision, it: Case): void {
  const team = teamOf(decision.catalogue, it.team);
  decision.notify(it, 'urgent', { role: 'team' });
  const standby = decision.opensAt(it.team) > decision.now ? standbyAt(decision.catalogue, it.team, decision.now) : null;
  if (standby) decision.notify(it, 'urgent', { role: 'standby', address: standby.address });
  else if (team?.coordinator) decision.notify(it, 'urgent', { role: 'coordinator', address: team.coordinator });
}
