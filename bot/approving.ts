import { type Approval, type Approver, type CaseId, type ConversationId, idFrom, type MessageId, type Person } from '../domain/index.ts';
import { askedBy, nextStep } from './approval.ts';
import { type ApprovalResult, decideApprovalStep, decideSignedIn, decideVerdict, putToApprover } from './approval-turn.ts';
import { Decision } from './decision.ts';
import { freshIds } from './ids.ts';
import type { Lines } from './lines.ts';
import type { TurnPorts } from './ports.ts';

/** What happens to a case because somebody has to approve what it costs: he is asked in a conversation of his own, and what he decides is carried out. */
export class Approving {
  readonly #lines: Lines;
  readonly #ports: TurnPorts;

  constructor(lines: Lines, ports: TurnPorts) {
    this.#lines = lines;
    this.#ports = ports;
  }

  /** Somebody who is signed in approves what a case costs, or refuses it. @returns null when nothing of it has to be approved */
  async signedIn(
    id: CaseId,
    by: Person['id'],
    decided: { readonly verdict: 'approved' } | { readonly verdict: 'refused'; readonly reason: string },
  ): Promise<ApprovalResult | null> {
    let result: ApprovalResult | null = null;
    const reason = decided.verdict === 'refused' ? decided.reason : null;
    await this.#lines.changeCase(id, async (on) => {
      const approval = await this.#ports.register.approvalOf(id);
      if (!approval) return [];
      result = decideSignedIn({ ...on, approval, by, verdict: decided.verdict, reason });
      return result.kind === 'done' ? result.effects : [];
    });
    return result;
  }

  /** Asks who is to be asked by now, or carries out what was decided. */
  async timer(id: CaseId, timer: 'approval' | 'verdict'): Promise<void> {
    // He is asked first: a crash in between leaves the timer to fire again, and he is asked once.
    if (timer === 'approval') await this.#askApprover(id);
    await this.#lines.changeCase(id, async (on) => {
      const approval = await this.#ports.register.approvalOf(id);
      if (!approval) return [];
      const input = { ...on, approval };
      return timer === 'approval' ? decideApprovalStep(input) : decideVerdict(input);
    });
  }

  /** Puts what waits for approval to whoever is asked next, in his own conversation; who is reached in none finds it in the workbench. */
  async #askApprover(id: CaseId): Promise<void> {
    const { register, published } = this.#ports;
    const approval = await register.approvalOf(id);
    const view = approval?.live ? await register.viewOfCase(id) : null;
    const it = view?.cases.find((known) => known.id === id);
    if (!approval || !view || !it) return;
    const next = nextStep(it, view.histories.get(id) ?? [], published.current().catalogue);
    if (!next || next.step === 'expire' || next.at > this.#ports.now()) return;
    const to = askedBy(next.step, approval);
    const conversation = to && (await register.conversationWith(to, id));
    if (to && conversation) await this.#putTo(conversation, to, approval, next.step);
  }

  async #putTo(conversation: ConversationId, to: Approver, approval: Approval, step: 'ask' | 'remind' | 'deputy'): Promise<void> {
    const message = idFrom<MessageId>('approval', approval.case, step, to.id);
    await this.#lines.sayOnce(conversation, message, async (view, now) => {
      if (view.conversation.person?.id !== to.id) return null;
      const decision = new Decision(view.conversation, await this.#lines.facts(view, ''), now, { ...freshIds(), message: () => message });
      putToApprover(decision, approval, idFrom('approval-question', approval.case, to.id), step);
      return decision.finish();
    });
  }
}
