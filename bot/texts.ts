import type { CaseState, Kind, Language, NoticeKind } from '../domain/index.ts';
import type { FieldProblem } from './fields.ts';
import { en } from './texts-en.ts';
import { nl } from './texts-nl.ts';

/**
 * Everything the desk says of its own, in one place, so that it can be reviewed as one voice: short, warm, exact, "je".
 * No exclamation marks, no "helaas", never a promise that is not in the agreement.
 */
export interface Texts {
  greeting(name: string | null): string;
  thanks: string;
  goodbye: string;
  help: string;
  nothingOpen: string;
  alreadyAnswered: string;
  /** It cannot be shown that the message is from whom it says. */
  notProven: string;
  /** Something that came with a message was too large to take. @param name null when it has none */
  notTaken(name: string | null, megabytes: number): string;
  /** To who forwarded a message: its writer is the requester now. */
  requesterChosen(name: string, reference: string): string;
  /** To that writer, who knows nothing yet. @param by who forwarded it */
  goesOnWithYou(by: string | null, title: string, reference: string): string;
  /** What was sent is encrypted, and cannot be read by the desk. */
  encrypted: string;
  dontUnderstandAnswer: string;
  /** What happens next with a new case. */
  registered(kind: Kind, team: string, reference: string, reaction: string | null): string;
  registeredComplaint(team: string, reference: string, reaction: string | null, said: string): string;
  registeredNoProduct(team: string, reference: string, reaction: string | null): string;
  reaction(moment: string): string;
  expected(moment: string): string;
  opensAgain(moment: string): string;
  otherMoment(reference: string, moment: string): string;
  delayed(reference: string, reason: string, moment: string): string;
  late(reference: string, team: string): string;
  notLookedAt(reference: string, team: string): string;
  /** To a colleague. */
  notice(kind: NoticeKind, reference: string, team: string): string;
  urgentTitle(danger: string): string;
  alarmed(team: string, reference: string): string;
  alarmedAgain(team: string, reference: string): string;
  whereIsIt: string;
  whereAndWho: string;
  passedToTeam(team: string): string;
  writtenNowhere: string;
  undo: string;
  undone(reference: string): string;
  tooLateToUndo(reference: string): string;

  answerHelped: string;
  answerYes: string;
  answerNo: string;
  answerPerson: string;
  answerClosed: string;
  answerQueued(team: string, reference: string): string;

  noProduct: string;
  noProductOf(part: string): string;
  /** @param where where it can be asked for */
  notHere(where: string): string;
  cannotWithout: string;
  yesPlease: string;
  noThanks: string;
  declined: string;

  /** What the holder of a budget has to agree to; `by` is his name. */
  readonly approval: {
    /** To the requester. */
    submitted(reference: string, team: string): string;
    waiting: string;
    approved(by: string, reference: string, team: string): string;
    ownApproved(by: string, reference: string, team: string): string;
    refused(by: string, reference: string, reason: string | null): string;
    lapsed(reference: string): string;
    /** To whoever is asked. */
    request(product: string, amount: string, reference: string): string;
    reminder(product: string, amount: string, reference: string): string;
    /** @param instead of whom he is asked; null: it is his own to decide */
    why(requester: string, instead: string | null): string;
    somebody: string;
    ask(amount: string, product: string): string;
    approve: string;
    refuse: string;
    whyRefused(reference: string): string;
    unclear: string;
    passedOn(reference: string): string;
    refusalPassedOn(reference: string): string;
    /** He said yes by mail, where one has to sign in for that. */
    signInFirst: string;
    notYours: string;
    notNeeded(reference: string): string;
    alreadyDecided(by: string, reference: string): string;
    readonly labels: { what: string; question: string; who: string; amount: string; budget: string };
  };

  chooseProduct: string;
  chooseProductOf(part: string): string;
  somethingElse: string;

  whoAreYou: string;
  name: string;
  address: string;
  notAName: string;
  notAnAddress: string;
  needForm(product: string): string;
  /** The answer is agreement too. */
  needFormToAsk(product: string): string;
  needOneToAsk(product: string, ask: string): string;
  /** It was asked often enough what a question lacks. */
  handedOver(team: string, reference: string, reaction: string | null): string;
  adjustForm: string;
  formRefused: string;
  send: string;
  dontKnow: string;
  /** Of a name that several colleagues have. */
  somebodyElse(name: string): string;
  /** Said of a file. */
  haveNone: string;
  stillOpen(product: string): string;
  dropped: string;

  confirm(product: string, team: string): string;
  confirmGuess(product: string, team: string): string;
  confirmYes: string;
  confirmAdjust: string;
  confirmOther: string;

  /** Before a list of what is asked after registration. */
  needDetails: string;
  detailAdded: string;
  detailUnknown: string;
  /** There is no file to send. */
  noFile: string;

  status(reference: string, title: string, state: string): string;
  noCases: string;
  yourCases: string;
  unknownReference(reference: string): string;
  mistypedReference: string;
  andMore(count: number): string;
  state(state: CaseState, team: string, worker: string | null, moment: string | null): string;

  withdrawWhich: string;
  withdrawOne(reference: string, title: string): string;
  withdrawNothing: string;
  withdrawYes: string;
  withdrawNo: string;
  withdrawn(reference: string): string;
  kept: string;

  added(reference: string): string;
  /** Files came while a question is being made complete. */
  readonly filesWithQuestion: string;
  /** Files came, and nothing says what they are about. */
  readonly filesAbout: string;
  reopened(reference: string, team: string): string;
  reopenReason: string;
  reasonAdded: string;

  knownDisruption(title: string, team: string, until: string | null): string;
  linkedToDisruption(reference: string, title: string, team: string, until: string | null): string;
  /** @param into the other's number; null where it is somebody else's */
  merged(reference: string, into: string | null, team: string, until: string | null): string;
  unlinkedFromDisruption(reference: string, team: string): string;
  disruptionNews(reference: string, title: string, until: string): string;
  declared(reference: string, title: string, until: string | null): string;
  askDisruption(title: string): string;
  disruptionYes: string;
  disruptionNo: string;

  /** A case that is done in parts, as its requester is told of it. */
  readonly parts: {
    made(titles: readonly string[]): string;
    /** @param after the parts that it waits for */
    line(title: string, state: CaseState, team: string, after: readonly string[]): string;
    ready(titles: readonly string[]): string;
    again(reference: string, titles: readonly string[]): string;
  };

  claimed(worker: string, team: string, reference: string): string;
  handedBack(worker: string): string;
  workerAsks(worker: string, reference: string): string;
  answerPassed(worker: string | null): string;
  waiting(reference: string, reason: string): string;
  moved(reference: string, team: string): string;
  split(reference: string, title: string, into: string, team: string): string;
  ready(reference: string, text: string): string;
  readyAsk: string;
  readyYes: string;
  readyNo: string;
  closed(reference: string): string;
  closedSilently(reference: string): string;
  which: string;
  whichForm(product: string): string;
  whichCase(title: string, reference: string): string;
  mishap: string;

  problem(problem: FieldProblem, value: string): string;
  yes: string;
  no: string;
}

const TEXTS: Readonly<Record<Language, Texts>> = { nl, en };

/** The desk's sentences in a language. */
export function textsIn(language: Language): Texts {
  return TEXTS[language];
}
