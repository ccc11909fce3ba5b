import { businessHoursOf, type Catalogue, type Product } from '../catalogue/index.ts';
import {
  type Approval,
  type ApprovalDecision,
  type ApprovalWay,
  type Approver,
  addBusinessMinutes,
  type Case,
  type ClockEvent,
  type Draft,
  type Language,
  type PersonId,
  type SummaryLine,
} from '../domain/index.ts';
import { showValue } from './fields.ts';
import { textsIn } from './texts.ts';

/** When something needs approval, who may give it, and what comes next while nobody has: pure. */

/** What a request costs by its form and on which budget; null when it may be delivered without asking. */
export function approvalNeeded(product: Product | null, { kind, values }: Pick<Draft, 'kind' | 'values'>): Spending | null {
  const above = product?.delivery?.approvalAbove ?? null;
  if (!product || above === null || kind !== 'request') return null;
  const amounts = product.fields.filter(({ type }) => type === 'amount').map(({ id }) => Number(values[id] ?? 0));
  const amount = Math.max(0, ...amounts.filter(Number.isFinite));
  const budget = product.fields.find(({ type }) => type === 'budget-number');
  return amount > above ? { amount, budget: (budget && values[budget.id]) ?? '' } : null;
}

export interface Spending {
  /** Euros. */
  readonly amount: number;
  /** Empty when it was not said. */
  readonly budget: string;
}

/** Who may approve: the first is asked, and after a while the second too. */
export interface Approvers {
  /** The requester holds the budget himself, and the amount is his to spend. */
  readonly own: Approver | null;
  readonly first: Approver | null;
  readonly second: Approver | null;
}

/**
 * The budget's holder and his deputy; above what the holder may agree to, his manager and that one's deputy. Nobody approves what he asked himself,
 * except a holder within his own limit.
 */
export function approversOf({ requester, amount, limit, holder, holderDeputy, manager, managerDeputy }: Approval): Approvers {
  const within = limit === null || amount <= limit;
  const own = within && holder && holder.id === requester?.id ? holder : null;
  const others = (within ? [holder, holderDeputy] : [manager, managerDeputy]).filter((it) => it !== null && it.id !== requester?.id);
  const [first = null, second = null] = others.filter((it, i) => others.findIndex((other) => other?.id === it?.id) === i);
  return { own, first, second };
}

/** Who of them somebody is; null when it is not his to decide. */
export function approverIn(approval: Approval, person: PersonId): Approver | null {
  const { first, second } = approversOf(approval);
  return [first, second].find((it) => it?.id === person) ?? null;
}

/** The steps while nobody decides. */
export const APPROVAL_STEPS = ['ask', 'remind', 'deputy', 'expire'] as const;
export type ApprovalStep = (typeof APPROVAL_STEPS)[number];

/** After how many business minutes each comes: at once, after a day, after two, after ten. */
const AFTER: Readonly<Record<ApprovalStep, number>> = { ask: 0, remind: 8 * 60, deputy: 16 * 60, expire: 80 * 60 };
/** What leaves the house waits as long as it can be undone. */
export const UNDO_MS = 60_000;

/** The next step that was not taken yet, and when it is due; null when all were. */
export function nextStep(
  it: Pick<Case, 'team'>,
  history: readonly ClockEvent[],
  catalogue: Catalogue,
): { readonly step: ApprovalStep; readonly at: Date } | null {
  const submitted = history.findLast(({ name }) => name === 'submitted');
  if (!submitted) return null;
  const taken = new Set(history.flatMap(({ name, data }) => (name === 'approval-asked' ? [data.step] : [])));
  const step = APPROVAL_STEPS.find((known) => !taken.has(known));
  if (!step) return null;
  const asked = new Date(submitted.at.getTime() + UNDO_MS);
  const at = step === 'ask' ? asked : addBusinessMinutes(asked, AFTER[step], businessHoursOf(catalogue, it.team));
  return { step, at };
}

/** Whom a step goes to; nobody when nobody is known. */
export function askedBy(step: ApprovalStep, approval: Approval): Approver | null {
  const { own, first, second } = approversOf(approval);
  if (own || step === 'expire') return null;
  return step === 'deputy' ? second : first;
}

/** What an approver sees: what it is for, for whom, what it costs and from which budget. */
export function approvalSummary(
  approval: Approval,
  product: Product | null,
  language: Language,
  now: Date,
  timeZone: string,
): SummaryLine[] {
  const { labels } = textsIn(language).approval;
  const fields = product?.fields.filter(({ type }) => type !== 'amount' && type !== 'budget-number') ?? [];
  return [
    { label: labels.what, value: product?.name[language] ?? approval.title },
    { label: labels.question, value: approval.title },
    ...(approval.requester
      ? [{ label: labels.who, value: [approval.requester.name, approval.requester.department].filter(Boolean).join(', ') }]
      : []),
    { label: labels.amount, value: amountText(approval.amount, language) },
    { label: labels.budget, value: [approval.budget.number, approval.budget.name].filter(Boolean).join(' · ') },
    ...fields.flatMap((field) => {
      const value = approval.values[field.id];
      return value === undefined ? [] : [{ label: field.label[language], value: showValue(field, value, language, now, timeZone) }];
    }),
  ];
}

/** "€ 1.250,00". */
export function amountText(amount: number, language: Language): string {
  return showValue(AMOUNT, amount.toFixed(2), language, new Date(0), 'UTC');
}

const AMOUNT = {
  id: 'amount',
  type: 'amount',
  required: 'before',
  label: { nl: '', en: '' },
  ask: { nl: '', en: '' },
  choices: [],
} as const;

export function decided(by: Approver, verdict: 'approved' | 'refused', way: ApprovalWay, reason: string | null): ApprovalDecision {
  return { verdict, by, way, reason };
}
