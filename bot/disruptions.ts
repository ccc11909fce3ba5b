import { foldLetters } from '../catalogue/index.ts';
import type { Actor, Case, CaseId, Disruption, DisruptionEnd, Draft, Kind } from '../domain/index.ts';
import type { ActionInput } from './case-action.ts';
import { Decision } from './decision.ts';
import { titleOf } from './draft.ts';
import { placesIn } from './field-places.ts';
import { untilText } from './moments.ts';
import { askConfirmReady } from './ready.ts';

/** Complaints and wishes go to people, whatever is known. */
const REPORTS: ReadonlySet<Kind> = new Set(['fault', 'information']);
/** Who asks to know something about a product asks about its disruption only when it sounds like one. */
const SOUNDS_BROKEN =
  /\b(?:storing|stuk|kapot|defect|werk(?:t|en)|doet|doen|plat|down|uit|weer|wanneer|hoe lang|probleem|problemen|outage|broken|work(?:s|ing)?|problem|issue|again|back|when|how long)\b/i;

/** Whether a report is one of a known disruption: surely, or perhaps, because it does not say where. */
export function knownDisruption(
  decision: Decision,
  draft: Draft,
): { readonly kind: 'same' | 'perhaps'; readonly disruption: Disruption } | null {
  if (draft.apart || draft.product === null || !REPORTS.has(draft.kind)) return null;
  if (draft.kind === 'information' && !SOUNDS_BROKEN.test(draft.text)) return null;
  const ofProduct = decision.facts.disruptions.filter(({ product, announced }) => announced && product === draft.product);
  if (ofProduct.length === 0) return null;
  const text = [draft.text, ...Object.values(draft.values)].join(' ');
  const said = wordsOf(text);
  const same = ofProduct.find(({ place }) => place === null || [...wordsOf(place)].every((word) => said.has(word)));
  if (same) return { kind: 'same', disruption: same };
  const named = placesIn(text).map(({ value }) => wordsOf(value));
  // A place that is part of the disruption's says less, not something else.
  const perhaps = ofProduct.find(({ place }) => named.every((words) => isPartOf(words, wordsOf(place ?? ''))));
  return perhaps ? { kind: 'perhaps', disruption: perhaps } : null;
}

/** Registers a report as one of many: told at once what is known, in nobody's queue, without a deadline of its own. */
export function linkReport(decision: Decision, draft: Draft, disruption: Disruption): void {
  const opened = decision.openCase(draft, disruption.team, titleOf(draft.text));
  const linked = link(decision, opened, disruption);
  decision.say({ text: decision.texts.knownDisruption(...whatIsKnown(decision, disruption)), card: decision.card(linked) }, [linked.id]);
}

/** Asks who did not say where whether it is the known disruption. */
export function askDisruption(decision: Decision, draft: Draft, disruption: Disruption): void {
  const id = decision.ids.question();
  const { texts } = decision;
  const choices = [
    { value: 'yes', label: texts.disruptionYes, primary: true },
    { value: 'no', label: texts.disruptionNo },
  ];
  decision.ask(
    { kind: 'known-disruption', id, draft, disruption: disruption.id },
    { text: texts.askDisruption(disruption.title), ask: { kind: 'choices', id, choices } },
  );
}

/** A case that was registered before is one of many: whoever reported it is told. */
export function linkCase(decision: Decision, it: Case, disruption: Disruption, actor: Actor = { kind: 'desk' }): void {
  decision.settleCase(it.id);
  const linked = link(decision, it, disruption, actor);
  const text = disruption.announced
    ? decision.texts.linkedToDisruption(it.reference, ...whatIsKnown(decision, disruption))
    : mergedText(decision, it, disruption);
  decision.say({ text, card: decision.card(linked) }, [it.id]);
}

/** A linked case turns out to be something else, or what it was linked to is over without being solved: it is looked at by itself. */
export function unlinkCase(decision: Decision, it: Case, actor: Parameters<Decision['happen']>[2]): void {
  const apart = decision.queue(it, 'moved', actor, { disruption: null });
  decision.say({ text: decision.texts.unlinkedFromDisruption(it.reference, decision.teamName(it.team)), card: decision.card(apart) }, [
    it.id,
  ]);
}

function link(decision: Decision, it: Case, { id, case: of, expectedBy }: Disruption, actor: Actor = { kind: 'desk' }): Case {
  const patch = { disruption: id, respondBy: null, completeBy: null, expectedBy };
  return decision.happen(it, 'linked', actor, { to: of }, patch);
}

/** The other's title is his own words: whoever asked the same is told who works on it, and its number only where it is his too. */
function mergedText(decision: Decision, it: Case, { case: of, reference, team, expectedBy }: Disruption): string {
  const own = decision.cases().some((other) => other.id === of && other.person === it.person);
  return decision.texts.merged(
    it.reference,
    own ? reference : null,
    decision.teamName(team),
    expectedBy && untilText(decision, expectedBy),
  );
}

function whatIsKnown(decision: Decision, { title, team, expectedBy }: Disruption): [title: string, team: string, until: string | null] {
  return [title, decision.teamName(team), expectedBy && untilText(decision, expectedBy)];
}

/**
 * What became of a disruption reaches a linked case: it is solved, over otherwise, or expected at another moment. Told once, however often it comes.
 * @param end null while it runs
 */
export function decideLinked(
  input: Omit<ActionInput, 'action' | 'worker'> & { readonly disruption: Disruption; readonly end: DisruptionEnd | null },
): ReturnType<Decision['finish']> {
  const { case: it, disruption, end } = input;
  if (it.disruption !== disruption.id || it.state !== 'waiting') return [];
  const { expectedBy } = disruption;
  if (!end && (!expectedBy || expectedBy.getTime() === it.expectedBy?.getTime())) return [];
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids);
  decision.speak(it.language);
  if (end?.kind === 'solved') askConfirmReady(decision, it, { kind: 'desk' }, { text: end.text }, null);
  else if (end) unlinkCase(decision, it, { kind: 'desk' });
  else if (expectedBy) {
    const later = decision.happen(it, 'delayed', { kind: 'desk' }, { until: expectedBy.toISOString() }, { expectedBy });
    const until = untilText(decision, expectedBy);
    const text = disruption.announced
      ? decision.texts.disruptionNews(it.reference, disruption.title, until)
      : decision.texts.otherMoment(it.reference, decision.texts.expected(until));
    decision.say({ text, card: decision.card(later) }, [it.id]);
  }
  decision.speak(input.conversation.state.language);
  return decision.finish();
}

/** So many reports of the same within an hour look like one cause. */
const LOOKS_LIKE_ONE = 5;

/** Reports that may have one cause. */
export interface SuggestedDisruption<Report> {
  readonly product: string;
  /** What most of them name; null when they name none. */
  readonly place: string | null;
  readonly reports: readonly Report[];
}

/** What the desk itself suggests: many faults of one product at one place, or of one product where nobody says where. */
export function suggestDisruptions<
  Report extends {
    readonly id: CaseId;
    readonly product: string;
    readonly kind: Kind;
    readonly text: string;
    readonly values: Case['values'];
  },
>(recent: readonly Report[]): SuggestedDisruption<Report>[] {
  const faults = recent.filter(({ kind }) => kind === 'fault');
  return [...Map.groupBy(faults, ({ product }) => product)].flatMap(([product, reports]) => {
    const byPlace = Map.groupBy(reports, (report) => keyOf(placeOf(report)));
    const [most] = [...byPlace].filter(([key]) => key !== '').sort(([, a], [, b]) => b.length - a.length);
    const [first] = most?.[1] ?? [];
    // Who does not say where means what most others mean.
    const found = reports.filter((report) => ['', most?.[0]].includes(keyOf(placeOf(report))));
    if (found.length < LOOKS_LIKE_ONE) return [];
    return [{ product, place: first ? placeOf(first) : null, reports: found }];
  });
}

/** The place that a report names, as it was written. */
export function placeOf({ text, values }: { readonly text: string; readonly values: Case['values'] }): string | null {
  return placesIn([text, ...Object.values(values)].join('\n'))[0]?.value ?? null;
}

function keyOf(place: string | null): string {
  return [...wordsOf(place ?? '')].sort().join(' ');
}

const LITTLE_WORDS: ReadonlySet<string> = new Set('de het een in op bij van naar aan the a an in on at of to near'.split(' '));

function wordsOf(text: string): Set<string> {
  const words = foldLetters(text).match(/[\p{L}\p{N}]+(?:\.\d+)?/gu) ?? [];
  return new Set(words.filter((word) => !LITTLE_WORDS.has(word)));
}

function isPartOf(words: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...words].every((word) => whole.has(word));
}
