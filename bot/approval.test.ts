import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { productOf } from '../catalogue/index.ts';
import type { Approval, Approver, Case, CaseEvent, Effect, PersonId } from '../domain/index.ts';
import { type ApprovalStep, approvalNeeded, approverIn, approversOf, nextStep, UNDO_MS } from './approval.ts';
import { type ApprovalInput, decideApprovalStep, decideSignedIn, decideVerdict, putToApprover } from './approval-turn.ts';
import { Decision, type Facts } from './decision.ts';
import { countedIds, idOf } from './test/ids.ts';
import { EVA, SANNE, Simulator } from './test/simulator.ts';
import { NOW, type World, world } from './test/world.ts';

let shipped: World;
beforeAll(async () => {
  shipped = await world();
});

const approver = (n: number, name: string): Approver => ({ id: idOf<PersonId>(9, n), name, language: 'nl' });
const HOLDER = approver(20, 'Hans de Boer');
const DEPUTY = approver(21, 'Dina Vos');
const MANAGER = approver(22, 'Mia Kok');

const ASKS = 'ik wil graag een cursus volgen, kunnen jullie die voor me aanvragen';
const ANSWERS = { amount: '2500', budget: '4410-23', course: 'Projectmatig werken' };

/** A training is asked for, with all that its form wants. */
function asked(amount = '2500', chat = new Simulator(shipped)): { chat: Simulator; it: Case } {
  chat.say(ASKS);
  if (chat.waitsFor.includes('choose')) chat.press('training');
  const form = chat.open.findLast(({ kind }) => kind === 'form');
  const shown = form ? chat.fields(form.id) : [];
  chat.fill(Object.fromEntries(Object.entries({ ...ANSWERS, amount }).filter(([id]) => shown.includes(id))));
  chat.press('yes');
  return { chat, it: chat.only() };
}

const once = new Map<string, ReturnType<typeof asked>>();

/** The same, for tests that leave the conversation as it is. */
function askedOnce(amount: string): ReturnType<typeof asked> {
  const known = once.get(amount) ?? asked(amount);
  once.set(amount, known);
  return known;
}

function approvalOf(it: Case, more: Partial<Approval> = {}): Approval {
  return {
    case: it.id,
    reference: it.reference,
    title: it.title,
    product: it.product,
    team: it.team,
    values: it.values,
    openedAt: it.openedAt,
    requester: { id: EVA.id, name: EVA.name, department: 'Burgerzaken' },
    budget: { number: '4410-23', name: 'Burgerzaken' },
    amount: Number(it.values.amount),
    limit: 5000,
    holder: HOLDER,
    holderDeputy: DEPUTY,
    manager: MANAGER,
    managerDeputy: null,
    live: true,
    decision: null,
    ...more,
  };
}

/** The requester's case by hand: what the register and its timers do. */
class Desk {
  it: Case;
  readonly events: CaseEvent[] = [];
  readonly said: string[] = [];
  readonly chat: Simulator;
  approval: Approval;
  constructor(amount = '2500', more: Partial<Approval> = {}) {
    const { chat, it } = askedOnce(amount);
    this.chat = chat;
    this.it = it;
    this.approval = approvalOf(it, more);
    this.events.push(...chat.lines.map(({ name, data }) => ({ name, actor: { kind: 'desk' }, at: chat.now, data }) as CaseEvent));
  }
  input(now: Date): ApprovalInput {
    const facts: Facts = {
      cases: [this.it],
      workers: new Map(),
      histories: new Map([[this.it.id, this.events]]),
      disruptions: [],
      approvals: new Map(),
      budgets: new Map(),
      rooms: null,
      people: null,
      files: [],
      catalogue: shipped.catalogue,
      catalogueAt: () => shipped.catalogue,
    };
    return { conversation: this.chat.conversation, case: this.it, facts, now, ids: countedIds(500), approval: this.approval };
  }
  apply(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'case') {
        this.it = effect.case;
        this.events.push(effect.event);
      }
      if (effect.kind === 'say') this.said.push(effect.message.reply.text);
      if (effect.kind === 'approval-decided') this.approval = { ...this.approval, live: false, decision: effect.decision };
    }
    if (this.it.approval !== 'asked') this.approval = { ...this.approval, live: false };
  }
}

const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

describe('what costs more than its product allows', () => {
  it("waits for approval in nobody's queue, and the requester is told", () => {
    const { chat, it } = asked();
    expect(it).toMatchObject({ state: 'waiting', approval: 'asked', round: 0, respondBy: null, completeBy: null, product: 'training' });
    expect(chat.history(it.id)).toEqual(['opened', 'submitted']);
    expect(chat.guards.size).toBe(0);
    expect(chat.say('status').text).toContain('Wacht op akkoord van de budgethouder.');
  });

  it('is queued at once when it costs no more than that', () => {
    expect(asked('500').it).toMatchObject({ state: 'queued', approval: null });
  });

  it('can be withdrawn while it waits, and what is added leaves it waiting', () => {
    const { chat, it } = asked();
    chat.say(`${it.reference}: de cursus is in januari`);
    expect(chat.only()).toMatchObject({ state: 'waiting', approval: 'asked' });
    chat.say(`trek ${it.reference} in`);
    chat.say('ja');
    expect(chat.only()).toMatchObject({ state: 'withdrawn', approval: null });
  });

  it('cannot be taken up or moved by a worker', () => {
    const { chat, it } = asked();
    for (const action of [{ action: 'claim' }, { action: 'resume' }, { action: 'move', team: 'hr' }] as const)
      expect(chat.tryAct(it, action)).toMatchObject({ kind: 'refused' });
    expect(chat.act(it, { action: 'note', text: 'Gebeld met de budgethouder.' }, SANNE).effects).not.toEqual([]);
  });
});

describe('approval', () => {
  it('is asked after the undo window, reminded of, put to the deputy, and lapses in the end', () => {
    const desk = new Desk();
    const steps: (ApprovalStep | undefined)[] = [];
    let at = NOW;
    for (let i = 0; i < 4; i++) {
      const next = nextStep(desk.it, desk.events, shipped.catalogue);
      if (!next) break;
      expect(next.at.getTime()).toBeGreaterThan(at.getTime());
      desk.apply(decideApprovalStep(desk.input(new Date(next.at.getTime() - 1000))));
      expect(nextStep(desk.it, desk.events, shipped.catalogue)).toEqual(next);
      at = next.at;
      steps.push(next.step);
      desk.apply(decideApprovalStep(desk.input(at)));
    }
    expect(steps).toEqual(['ask', 'remind', 'deputy', 'expire']);
    expect(desk.events.map(({ data }) => data.of)).toEqual([undefined, undefined, HOLDER.id, HOLDER.id, DEPUTY.id, undefined]);
    expect(desk.it).toMatchObject({ state: 'withdrawn', approval: null });
    expect(desk.approval.decision).toMatchObject({ verdict: 'expired', by: null });
    expect(desk.said.join('\n')).toContain('niet op tijd gereageerd');
  });

  it('queues it, and the agreed time begins then', () => {
    const desk = new Desk();
    const result = decideSignedIn({ ...desk.input(later(600)), by: HOLDER.id, verdict: 'approved', reason: null });
    if (result.kind !== 'done') throw new Error(result.code);
    desk.apply(result.effects);
    expect(desk.it).toMatchObject({ state: 'queued', approval: 'given', round: 1 });
    expect(desk.it.respondBy?.getTime()).toBeGreaterThan(later(600).getTime());
    expect(desk.events.at(-1)).toMatchObject({
      name: 'approved',
      actor: { kind: 'approver', id: HOLDER.id },
      data: { way: 'signed-in', team: 'hr' },
    });
    expect(desk.said.join()).toContain('Hans de Boer geeft akkoord');
  });

  it('that is refused ends it, and the requester reads why', () => {
    const desk = new Desk();
    const result = decideSignedIn({ ...desk.input(later(5)), by: DEPUTY.id, verdict: 'refused', reason: 'Dit jaar niet meer.' });
    if (result.kind !== 'done') throw new Error(result.code);
    desk.apply(result.effects);
    expect(desk.it.state).toBe('withdrawn');
    expect(desk.said.join()).toContain('De reden: "Dit jaar niet meer."');
  });

  it('is not asked of a holder for what he asks himself, within what he may spend', () => {
    const me = { ...HOLDER, id: EVA.id };
    const desk = new Desk('2500', { holder: me });
    desk.apply(decideApprovalStep(desk.input(new Date(NOW.getTime() + UNDO_MS))));
    expect(desk.it).toMatchObject({ state: 'queued', approval: 'given' });
    expect(desk.approval.decision).toMatchObject({ way: 'own', by: { id: EVA.id } });
    const above = new Desk('7500', { holder: me });
    expect(decideSignedIn({ ...above.input(later(5)), by: EVA.id, verdict: 'approved', reason: null })).toMatchObject({
      code: 'not-yours',
    });
    expect(approversOf(above.approval)).toEqual({ own: null, first: MANAGER, second: null });
  });

  it('that nobody is known for reaches the desk', () => {
    const desk = new Desk('2500', { holder: null, holderDeputy: null });
    const effects = decideApprovalStep(desk.input(later(1)));
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'notice', notice: expect.objectContaining({ kind: 'approval-nobody', team: 'desk' }) }),
    );
    desk.apply(effects);
    expect(desk.it).toMatchObject({ state: 'waiting', approval: 'asked' });
  });
});

/** The holder's own conversation, in which he was asked. */
function holders(approval: Approval, person = HOLDER): Simulator {
  const chat = new Simulator(shipped, { person: { id: person.id, name: person.name, address: 'hans@example.org', verified: true } });
  chat.approvals = [approval];
  const facts = {
    cases: [],
    workers: new Map(),
    histories: new Map(),
    disruptions: [],
    approvals: new Map(),
    budgets: new Map(),
    rooms: null,
    people: null,
    files: [],
  };
  const { catalogue } = shipped;
  const decision = new Decision(chat.conversation, { ...facts, catalogue, catalogueAt: () => catalogue }, NOW, countedIds(900));
  putToApprover(decision, approval, idOf(3, 1), 'ask');
  chat.hear(decision.finish());
  return chat;
}

const verdicts = (effects: readonly Effect[]) => effects.flatMap((it) => (it.kind === 'approval-decided' ? [it.decision] : []));

describe('who is asked', () => {
  it('sees what it is for, for whom, what it costs and from which budget', () => {
    const { it } = asked();
    const chat = holders(approvalOf(it));
    const [said] = chat.heard;
    expect(said?.text).toContain('Geef je akkoord voor € 2.500,00');
    expect(said?.summary?.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['Opleiding', 'Eva Jansen, Burgerzaken', '€ 2.500,00', '4410-23 · Burgerzaken', 'Projectmatig werken']),
    );
  });

  it.each(['ja', 'akkoord', 'prima, ja'])('approves by saying "%s"', (text) => {
    const chat = holders(approvalOf(asked().it));
    expect(verdicts(chat.say(text).effects)).toMatchObject([{ verdict: 'approved', by: { id: HOLDER.id }, way: 'conversation' }]);
    expect(chat.open).toEqual([]);
  });

  it('approves nothing with a condition', () => {
    const chat = holders(approvalOf(asked().it));
    expect(verdicts(chat.say('ja, maar maximaal 1000 euro').effects)).toEqual([]);
    expect(chat.waitsFor).toEqual(['approval']);
  });

  it('refuses with the reason, which is asked when he gave none', () => {
    const chat = holders(approvalOf(asked().it));
    expect(verdicts(chat.press('no').effects)).toEqual([]);
    expect(chat.waitsFor).toEqual(['refusal-reason']);
    expect(verdicts(chat.say('het budget is op').effects)).toMatchObject([{ verdict: 'refused', reason: 'het budget is op' }]);
    expect(chat.open).toEqual([]);
  });

  it('is told when somebody was before him, when it is withdrawn, and when it is not his any more', () => {
    const { it } = asked();
    const before = { verdict: 'approved', by: DEPUTY, way: 'link', reason: null } as const;
    for (const [more, text] of [
      [{ live: false, decision: before }, 'Dina Vos heeft al beslist'],
      [{ live: false }, 'niet meer nodig'],
      [{ holder: DEPUTY, holderDeputy: null }, 'niet (meer) over'],
    ] as const) {
      const chat = holders(approvalOf(it));
      chat.approvals = [approvalOf(it, more)];
      const turn = chat.press('yes');
      expect(turn.text).toContain(text);
      expect(verdicts(turn.effects)).toEqual([]);
      expect(chat.open).toEqual([]);
    }
  });

  it('approves nothing by a message that cannot be shown to be his', () => {
    const chat = holders(approvalOf(asked().it));
    const turn = chat.message({ text: 'ja', answer: null, sender: { kind: 'requester', proven: false } });
    expect(verdicts(turn.effects)).toEqual([]);
    expect(chat.waitsFor).toEqual(['approval']);
  });
});

describe('whatever happens', () => {
  type Act = 'step' | 'approve' | 'refuse' | 'verdict' | 'withdraw' | 'stranger';
  const acts = fc.array(
    fc.record({
      act: fc.constantFrom<Act>('step', 'approve', 'refuse', 'verdict', 'withdraw', 'stranger'),
      minutes: fc.nat({ max: 3000 }),
    }),
    {
      maxLength: 12,
    },
  );

  it('it is decided once at most, and queued only after it was approved', () => {
    fc.assert(
      fc.property(acts, fc.boolean(), (many, crossing) => {
        const desk = new Desk();
        let decisions = 0;
        let now = NOW.getTime();
        for (const { act, minutes } of many) {
          now += minutes * 60_000;
          const input = desk.input(new Date(now));
          let effects: readonly Effect[] = [];
          if (act === 'step') effects = decideApprovalStep(input);
          else if (act === 'verdict') effects = decideVerdict(input);
          else if (act === 'withdraw') {
            const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
            if (decision.may(desk.it.id, 'withdrawn')) {
              decision.happen(desk.it, 'withdrawn', { kind: 'requester' });
              effects = decision.finish();
            }
          } else if (crossing && act === 'approve' && desk.approval.live) {
            // Decided in the approver's own conversation: the case hears of it later.
            effects = [
              { kind: 'approval-decided', case: desk.it.id, decision: { verdict: 'approved', by: HOLDER, way: 'link', reason: null } },
            ];
          } else {
            const by = act === 'stranger' ? EVA.id : HOLDER.id;
            const result = decideSignedIn({ ...input, by, verdict: act === 'refuse' ? 'refused' : 'approved', reason: 'nee' });
            if (act === 'stranger') expect(result.kind).toBe('refused');
            effects = result.kind === 'done' ? result.effects : [];
          }
          decisions += verdicts(effects).length;
          desk.apply(effects);
          expect(decisions).toBeLessThanOrEqual(1);
          if (desk.it.state === 'queued') expect(desk.approval.decision?.verdict).toBe('approved');
          expect(desk.it.approval === 'given').toBe(desk.it.round > 0);
        }
        const names = desk.events.map(({ name }) => name);
        expect(names.filter((name) => name === 'approved' || name === 'refused' || name === 'lapsed').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('a request above the amount needs approval, whatever its values look like, and no other does', () => {
    const product = productOf(shipped.catalogue, 'training');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_00 }), fc.constantFrom('request', 'wish', 'information'), (cents, kind) => {
        const needed = approvalNeeded(product, { kind, values: { amount: (cents / 100).toFixed(2), budget: '4410-23' } });
        expect(needed !== null).toBe(kind === 'request' && cents > 500_00);
      }),
    );
    expect(approvalNeeded(null, { kind: 'request', values: { amount: '9000.00' } })).toBeNull();
  });

  it('nobody approves his own request, except the holder within his limit', () => {
    const people = fc.option(fc.constantFrom(HOLDER, DEPUTY, MANAGER, { ...HOLDER, id: EVA.id }), { nil: null });
    const { it } = asked();
    fc.assert(
      fc.property(
        people,
        people,
        people,
        people,
        fc.option(fc.nat({ max: 5000 }), { nil: null }),
        (holder, holderDeputy, manager, managerDeputy, limit) => {
          const approval = approvalOf(it, { holder, holderDeputy, manager, managerDeputy, limit });
          const { own, first, second } = approversOf(approval);
          expect(approverIn(approval, EVA.id)).toBeNull();
          expect(own !== null).toBe(holder?.id === EVA.id && (limit === null || limit >= 2500));
          if (second) expect(second.id).not.toBe(first?.id);
        },
      ),
    );
  });
});
