import { describe, expect, it } from 'vitest';
import { CASE_STATES, KINDS, LANGUAGES, type Language, NOTICE_KINDS } from '../domain/index.ts';
import { FIELD_PROBLEMS } from './fields.ts';
import { type Texts, textsIn } from './texts.ts';

/** Everything that can be said in a language, with names filled in; each sentence under its key. */
function allTexts(language: Language): [string, string][] {
  const said: [string, string][] = [];
  const texts = textsIn(language);
  for (const [key, text] of Object.entries(texts)) if (typeof text === 'string') said.push([key, text]);
  const [team, reference, reaction, product] = ['Gebouwbeheer', 'SD-BBBB-BBBB', 'Reactie vandaag voor 14.00 uur.', 'Klimaat'];
  const filled: Partial<Record<keyof Texts, readonly string[]>> = {
    greeting: [texts.greeting('Eva'), texts.greeting(null)],
    registered: KINDS.flatMap((kind) => [texts.registered(kind, team, reference, reaction), texts.registered(kind, team, reference, null)]),
    registeredComplaint: [
      texts.registeredComplaint(team, reference, reaction, 'Het is vies'),
      texts.registeredComplaint(team, reference, null, 'Het is vies'),
    ],
    registeredNoProduct: [texts.registeredNoProduct(team, reference, reaction), texts.registeredNoProduct(team, reference, null)],
    reaction: [texts.reaction('vandaag voor 14.00 uur')],
    expected: [texts.expected('vandaag voor 14.00 uur')],
    opensAgain: [texts.opensAgain('morgen om 7.30 uur')],
    otherMoment: [texts.otherMoment(reference, reaction)],
    delayed: [texts.delayed(reference, 'Het onderdeel komt vrijdag.', 'vr 27 nov voor 12.00 uur')],
    late: [texts.late(reference, team)],
    notLookedAt: [texts.notLookedAt(reference, team)],
    notice: NOTICE_KINDS.map((kind) => texts.notice(kind, reference, team)),
    urgentTitle: [texts.urgentTitle('brand')],
    alarmed: [texts.alarmed(team, reference)],
    alarmedAgain: [texts.alarmedAgain(team, reference)],
    passedToTeam: [texts.passedToTeam(team)],
    requesterChosen: [texts.requesterChosen('Dirk Directeur', reference)],
    goesOnWithYou: [texts.goesOnWithYou('Mirjam', 'Te warm', reference), texts.goesOnWithYou(null, 'Te warm', reference)],
    notTaken: [texts.notTaken(null, 50), texts.notTaken('plattegrond.pdf', 50)],
    undone: [texts.undone(reference)],
    tooLateToUndo: [texts.tooLateToUndo(reference)],
    answerQueued: [texts.answerQueued(team, reference)],
    noProductOf: [texts.noProductOf('de zin van het leven')],
    notHere: [texts.notHere('Kom langs bij de balie.')],
    chooseProductOf: [texts.chooseProductOf('het tocht')],
    needForm: [texts.needForm(product)],
    needFormToAsk: [texts.needFormToAsk(product)],
    needOneToAsk: [texts.needOneToAsk(product, 'Voor welke dag?')],
    handedOver: [texts.handedOver(team, reference, reaction), texts.handedOver(team, reference, null)],
    somebodyElse: [texts.somebodyElse('Jan')],
    stillOpen: [texts.stillOpen(product)],
    confirm: [texts.confirm(product, team)],
    confirmGuess: [texts.confirmGuess(product, team)],
    status: [texts.status(reference, product, texts.state('closed', team, null, null))],
    unknownReference: [texts.unknownReference(reference)],
    andMore: [texts.andMore(1), texts.andMore(7)],
    state: CASE_STATES.flatMap((state) => [texts.state(state, team, 'Sanne', reaction), texts.state(state, team, null, null)]),
    withdrawOne: [texts.withdrawOne(reference, product)],
    withdrawn: [texts.withdrawn(reference)],
    added: [texts.added(reference)],
    reopened: [texts.reopened(reference, team)],
    claimed: [texts.claimed('Sanne', team, reference)],
    workerAsks: [texts.workerAsks('Sanne', reference)],
    handedBack: [texts.handedBack('Sanne')],
    answerPassed: [texts.answerPassed('Sanne'), texts.answerPassed(null)],
    waiting: [texts.waiting(reference, 'het onderdeel komt vrijdag')],
    split: [texts.split(reference, 'Het licht knippert', 'SD-6XYZ-BC2D', team)],
    moved: [texts.moved(reference, team)],
    ready: [texts.ready(reference, 'De lift doet het weer.')],
    knownDisruption: [
      texts.knownDisruption('Lift B staat stil', team, null),
      texts.knownDisruption('Lift B staat stil', team, 'vandaag voor 14.00 uur'),
    ],
    linkedToDisruption: [
      texts.linkedToDisruption(reference, 'Lift B staat stil', team, null),
      texts.linkedToDisruption(reference, 'Lift B staat stil', team, 'vandaag voor 14.00 uur'),
    ],
    merged: [texts.merged(reference, null, team, null), texts.merged(reference, 'SD-6XYZ-BC2D', team, 'vandaag voor 14.00 uur')],
    unlinkedFromDisruption: [texts.unlinkedFromDisruption(reference, team)],
    disruptionNews: [texts.disruptionNews(reference, 'Lift B staat stil', 'morgen voor 10.00 uur')],
    declared: [
      texts.declared(reference, 'Lift B staat stil', null),
      texts.declared(reference, 'Lift B staat stil', 'vandaag voor 14.00 uur'),
    ],
    askDisruption: [texts.askDisruption('Lift B staat stil')],
    approval: approvalTexts(texts),
    parts: partsTexts(texts),
    closed: [texts.closed(reference)],
    closedSilently: [texts.closedSilently(reference)],
    whichForm: [texts.whichForm(product)],
    whichCase: [texts.whichCase(product, reference)],
    problem: FIELD_PROBLEMS.map((problem) => texts.problem(problem, '4410-99')),
  };
  for (const [key, sentences] of Object.entries(filled)) for (const text of sentences ?? []) said.push([key, text]);
  return said;
}

function partsTexts({ parts: it }: Texts): string[] {
  const titles = ['Toegangspas', 'Laptop', 'Werkplek'];
  return [
    ...[it.made(titles), it.ready(titles), it.again('SD-BBBB-BBBB', ['Laptop'])],
    ...CASE_STATES.map((state) => it.line('Laptop', state, 'ICT', [])),
    it.line('Laptop', 'open', 'ICT', ['Accounts']),
  ];
}

function approvalTexts({ approval: it }: Texts): string[] {
  const [by, reference, team, product, amount] = ['Hans de Boer', 'SD-BBBB-BBBB', 'Gebouwbeheer', 'Klimaat', '€ 45,00'];
  return [
    ...[it.waiting, it.somebody, it.approve, it.refuse, it.unclear, it.notYours, ...Object.values(it.labels)],
    it.submitted(reference, team),
    ...[it.approved(by, reference, team), it.ownApproved(by, reference, team)],
    ...[it.refused(by, reference, null), it.refused(by, reference, 'Te duur.'), it.lapsed(reference)],
    ...[it.request(product, amount, reference), it.reminder(product, amount, reference), it.ask(amount, product)],
    ...[it.why('Eva Jansen', null), it.why('Eva Jansen', by), it.whyRefused(reference)],
    ...[it.passedOn(reference), it.refusalPassedOn(reference), it.notNeeded(reference), it.alreadyDecided(by, reference)],
  ];
}

describe.each(LANGUAGES)('what the desk says (%s)', (language) => {
  const said = allTexts(language);

  it('is all looked at here', () => {
    expect([...new Set(said.map(([key]) => key))].sort()).toEqual(Object.keys(textsIn(language)).sort());
  });

  it('is calm, exact and complete', () => {
    for (const [key, text] of said) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/!/);
      expect(text, key).not.toMatch(/helaas|unfortunately|succesvol|successfully|sorry/i);
      expect(text, key).not.toMatch(/\b(?:u|uw|uzelf)\b/i);
      expect(text, key).not.toMatch(/\p{Extended_Pictographic}/u);
      expect(text, key).not.toMatch(/undefined|null|NaN|\[object| {2}|\s$|^\s|\.\.|\s[.,:]/);
    }
  });

  it('has a sentence of its own for everything that can be wrong with a value', () => {
    const sentences = FIELD_PROBLEMS.map((problem) => textsIn(language).problem(problem, '4410-99'));
    expect(new Set(sentences).size).toBe(FIELD_PROBLEMS.length);
    expect(textsIn(language).problem('unknown-budget', '4410-99')).toContain('4410-99');
  });

  it('never makes a word of an abbreviation', () => {
    expect(textsIn(language).confirm('AV in vergaderzalen', 'ICT')).toContain('AV in vergaderzalen');
    expect(textsIn(language).stillOpen('Wachtwoord en MFA')).toContain('wachtwoord en MFA');
  });
});

describe('the two languages', () => {
  it('say the same things, each in its own words', () => {
    const [nl, en] = [textsIn('nl'), textsIn('en')];
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
    const dutch = new Map(Object.entries(nl));
    const same = Object.entries(en).filter(([key, text]) => typeof text === 'string' && dutch.get(key) === text);
    expect(same).toEqual([]);
  });
});
