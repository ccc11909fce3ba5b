import { inSentence } from './in-sentence.ts';
import type { Texts } from './texts.ts';

const list = new Intl.ListFormat('en');
const listed = (titles: readonly string[]): string => list.format(titles.map(inSentence));

/** What the desk says in English. */
export const en: Texts = {
  greeting: (name) => `Hi${name ? ` ${name}` : ''}. How can I help?`,
  thanks: 'You’re welcome.',
  goodbye: 'Have a good day.',
  help: [
    'I’m the service desk. Just tell me what’s up, for example:',
    '"it’s too hot in room 3.14"\n"I need lunch for 8 people tomorrow"\n"what time does the restaurant open?"',
    'Say "status" to see how your cases are doing, "withdraw" to take one back. And you can always ask for a colleague.',
  ].join('\n\n'),
  nothingOpen: 'I had no question open. Tell me what I can do for you.',
  alreadyAnswered: 'That question was answered already. If something should change, just tell me.',
  notProven:
    'I cannot tell that this message is from you. So I can say nothing about your cases in it, and withdraw nothing. Come to the chat, or call the service desk.',
  notTaken: (name, megabytes) =>
    `I could not take ${name === null ? 'what came with your message' : `"${name}"`}: it is larger than ${megabytes} MB. Your message itself did arrive. Send it smaller, or put it in a shared place and send the link.`,
  requesterChosen: (name, reference) =>
    `${name} is the requester of ${reference} now and will hear how it goes. You will hear no more about it, unless you ask.`,
  goesOnWithYou: (by, title, reference) =>
    `${by ?? 'A colleague'} forwarded your message about "${title}" to us. It is ${reference}, and from now on you will hear from us how it goes. If something is wrong or missing, reply to this message.`,
  encrypted:
    'Your message is encrypted, so I cannot read what it says. Please send it again without encryption, or say briefly what it is about.',
  dontUnderstandAnswer: 'I can’t place that answer. Choose one of the options, or say it in other words.',

  registered: (kind, team, reference, reaction) =>
    [
      kind === 'fault' ? `Reported to ${team}: ${reference}.` : `I’ve passed it on to ${team}: ${reference}.`,
      reaction,
      'I’ll keep you posted.',
    ]
      .filter(Boolean)
      .join(' '),
  registeredComplaint: (team, reference, reaction, said) =>
    [
      `Thank you for telling us. Your complaint: "${said}".`,
      `It is with ${team} (${reference}).`,
      reaction,
      'A colleague will get back to you.',
    ]
      .filter(Boolean)
      .join(' '),
  registeredNoProduct: (team, reference, reaction) =>
    [`A colleague of the ${inSentence(team)} will look at it: ${reference}.`, reaction].filter(Boolean).join(' '),
  reaction: (moment) => `Response ${moment}.`,
  expected: (moment) => `Expected to be ready ${moment}.`,
  opensAgain: (moment) => `We are open again ${moment}.`,
  otherMoment: (reference, moment) => `Another moment holds for ${reference}. ${moment}`,
  delayed: (reference, reason, moment) => `${reference} takes longer than I said. ${reason}\n\nNew moment: ${moment}.`,
  late: (reference, team) => `${reference} is not ready in time. I have asked ${team} when it will be, and I will let you know.`,
  notLookedAt: (reference, team) => `Nobody has looked at ${reference} yet, later than I said. I have reminded ${team}.`,
  notice: (kind, reference, team) =>
    ({
      'respond-soon': `${reference} must soon be taken up by ${team}.`,
      'respond-late': `${reference} was not taken up in time by ${team}.`,
      'complete-soon': `${reference} must soon be ready at ${team}.`,
      'complete-late': `${reference} is not ready in time at ${team}.`,
      'stays-late': `${reference} stays late at ${team}.`,
      'promise-late': `The promised moment of ${reference} at ${team} has passed.`,
      idle: `Nothing happens with ${reference}; soon it goes back to the queue of ${team}.`,
      'taken-back': `${reference} is back in the queue of ${team}, because nothing happened with it.`,
      'approval-nobody': `Nobody is known who can approve ${reference}. Look at the lists of budgets and people.`,
      'approval-lapsed': `${reference} did not go ahead: nobody approved it in time.`,
      urgent: `Urgent at ${team}: ${reference}.`,
      'not-done': `What you did could no longer be done: ${reference}. What you wrote is there as a note.`,
      chat: `Something was written in the conversation that you took over: ${reference}.`,
      'handler-falters': `${reference} of ${team} does not reach the system or supplier yet; it goes on being tried.`,
      'handler-failed': `${reference} is back in the queue of ${team}: it could not be passed on.`,
      'handler-late': `${reference} of ${team} is later than the contract says.`,
      'handler-word': `Something was said about ${reference} of ${team} that a colleague must read.`,
    })[kind],
  urgentTitle: (danger) => `URGENT: ${danger}`,
  alarmed: (team, reference) => `${team} gets your message now as well (${reference}). Calling is faster.`,
  alarmedAgain: (team, reference) => `What you write is with ${reference}, ${team} sees it.`,
  whereIsIt: 'Where is it? Building, floor, room.',
  whereAndWho: 'Where is it, and who am I talking to? Building, floor, room, name.',
  passedToTeam: (team) => `${team} has that now too.`,
  writtenNowhere: 'I pass what you write here on to nobody.',
  undo: 'Undo',
  undone: (reference) => `${reference} has been withdrawn; nothing will happen.`,
  tooLateToUndo: (reference) => `Somebody is working on ${reference} already. If you still want to take it back, say "withdraw".`,

  answerHelped: 'Does this help?',
  answerYes: 'Yes, thanks',
  answerNo: 'No',
  answerPerson: 'I want a colleague',
  answerClosed: 'Good.',
  answerQueued: (team, reference) => `Then a colleague of ${team} will look at it: ${reference}.`,

  noProduct: 'I have no product for that. Shall I put your question to a colleague?',
  noProductOf: (part) => `I have no product for "${part}". Shall I put that to a colleague?`,
  notHere: (where) => `I can’t arrange that here. ${where} Or shall I pass your question to a colleague?`,
  cannotWithout: 'I can’t request it without that. Shall I put it to a colleague?',
  yesPlease: 'Yes, please',
  noThanks: 'No, never mind',
  declined: 'All right. Tell me if there is anything else.',

  approval: {
    submitted: (reference, team) =>
      `${reference} is ready for ${team}. I ask the budget holder to approve it first; you hear as soon as that is done.`,
    waiting: "Waits for the budget holder's approval.",
    approved: (by, reference, team) => `${by} approved it: ${reference} is now with ${team}.`,
    ownApproved: (_, reference, team) => `It is your own budget: ${reference} is now with ${team}.`,
    refused: (by, reference, reason) =>
      [`${by} does not approve ${reference}. It will not go ahead.`, reason && `The reason: "${reason}"`].filter(Boolean).join('\n\n'),
    lapsed: (reference) =>
      `${reference} will not go ahead: the budget holder did not respond in time. The service desk knows. Speak with them and then ask again.`,
    request: (product, amount, reference) => `Approval asked: ${inSentence(product)}, ${amount} (${reference})`,
    reminder: (product, amount, reference) => `Not answered yet: approval of ${inSentence(product)}, ${amount} (${reference})`,
    why: (requester, instead) =>
      instead
        ? `${requester} asks for this. ${instead} has not responded yet, and you stand in for them.`
        : `${requester} asks for this, and it is your budget. Nothing is delivered until you approve it.`,
    somebody: 'A colleague',
    ask: (amount, product) => `Do you approve ${amount} (${inSentence(product)})?`,
    approve: 'Approve',
    refuse: 'Do not approve',
    whyRefused: (reference) => `Why not? Whoever asked for ${reference} will read your reason.`,
    unclear: 'I cannot pass on an approval with a condition. Choose to approve it or not, with the reason.',
    passedOn: (reference) => `Thank you. Your approval of ${reference} is on record, it goes ahead now.`,
    refusalPassedOn: (reference) => `Thank you. ${reference} will not go ahead, and whoever asked gets your reason.`,
    signInFirst:
      'To approve you have to be signed in: choose "Approve" in the mail and you can sign in. To refuse, reply with "no, because ...".',
    notYours: 'This is not (or no longer) yours to decide.',
    notNeeded: (reference) => `${reference} was withdrawn or has lapsed; your approval is not needed any more.`,
    alreadyDecided: (by, reference) => `${by} has already decided about ${reference}.`,
    labels: { what: 'What for', question: 'Question', who: 'For whom', amount: 'Amount', budget: 'Budget' },
  },

  chooseProduct: 'What is it about?',
  chooseProductOf: (part) => `"${part}": what is that about?`,
  somethingElse: 'Something else',

  whoAreYou: 'Who am I talking to? Then my colleague can reach you.',
  name: 'Your name',
  address: 'Your email address',
  notAName: 'Fill in your name.',
  notAnAddress: 'That doesn’t look like an email address. Example: name@organisation.org',
  needForm: (product) => `${product}. I still need this:`,
  needFormToAsk: (product) => `Let me know this and I will ask for it right away (${inSentence(product)}):`,
  needOneToAsk: (product, ask) => `One more question and I will ask for it right away (${inSentence(product)}): ${inSentence(ask)}`,
  handedOver: (team, reference, reaction) =>
    [`A colleague of the ${inSentence(team)} takes over from me: ${reference}.`, reaction, 'What you wrote is with it.']
      .filter(Boolean)
      .join(' '),
  adjustForm: 'Change what should be different.',
  formRefused: 'This isn’t quite right yet:',
  send: 'Continue',
  dontKnow: 'I don’t know',
  somebodyElse: (name) => `Somebody else: ${name}`,
  haveNone: 'I don’t have it',
  stillOpen: (product) => `Your question about ${inSentence(product)} is still open too. Finish it when you like, or say "never mind".`,
  dropped: 'All right, I’ve dropped it. Nothing was requested.',

  confirm: (product, team) => `I’ll request this from ${team}: ${inSentence(product)}. Is that right?`,
  confirmGuess: (product, team) => `I think this is about ${inSentence(product)}, so I’d report it to ${team}. Is that right?`,
  confirmYes: 'That’s right',
  confirmAdjust: 'Change it',
  confirmOther: 'Something else',

  needDetails: 'It helps if you let me know:',
  detailAdded: 'Thanks, I’ve added that.',
  noFile: 'All right, we’ll do without.',
  detailUnknown: 'No problem, my colleague will find it.',

  status: (reference, title, state) => `${reference} · ${title}\n${state}`,
  noCases: 'You have nothing open.',
  yourCases: 'This is how it stands:',
  unknownReference: (reference) => `I don’t know ${reference} as a case of yours.`,
  mistypedReference: 'There is a typing error in that number.',
  andMore: (count) => `And ${count} more; name the number if you are looking for one.`,
  state: (state, team, worker, moment) =>
    ({
      open: 'Received.',
      queued: [`With ${team}.`, moment].filter(Boolean).join(' '),
      claimed: [`${worker ?? 'A colleague'} of ${team} is working on it.`, moment].filter(Boolean).join(' '),
      waiting: `${worker ?? team} is waiting for an answer or a delivery.`,
      ready: 'Ready.',
      closed: 'Closed.',
      withdrawn: 'Withdrawn.',
      merged: 'Merged with another case.',
    })[state],

  withdrawWhich: 'Which one do you want to withdraw?',
  withdrawOne: (reference, title) => `Shall I withdraw ${reference} (${title})?`,
  withdrawNothing: 'You have nothing open to withdraw.',
  withdrawYes: 'Yes, withdraw it',
  withdrawNo: 'No, keep it',
  withdrawn: (reference) => `${reference} has been withdrawn.`,
  kept: 'All right, it stays.',

  added: (reference) => `Added to ${reference}.`,
  filesWithQuestion: 'Thanks, that goes along with your question.',
  filesAbout: 'Thanks. What is it about?',
  reopened: (reference, team) => `Then it isn’t done yet. ${reference} is back with ${team}.`,
  reopenReason: 'What is still wrong?',
  reasonAdded: 'What you wrote is with it.',

  knownDisruption: (title, team, until) =>
    [
      `We know about that: ${title}. ${team} is working on it.`,
      until && `Expected to be solved ${until}.`,
      'I have added your report; you will hear as soon as it is done.',
    ]
      .filter(Boolean)
      .join(' '),
  linkedToDisruption: (reference, title, team, until) =>
    [
      `${reference} is part of something that more people report: ${title}. ${team} is working on it.`,
      until && `Expected to be solved ${until}.`,
      'You will hear as soon as it is done.',
    ]
      .filter(Boolean)
      .join(' '),
  merged: (reference, into, team, until) =>
    [
      into
        ? `${reference} is about the same as ${into}; we take them together.`
        : `A colleague asked the same as you did with ${reference}; we take them together.`,
      `${team} is working on it.`,
      until && `Expected to be ready ${until}.`,
      'You will hear as soon as it is done.',
    ]
      .filter(Boolean)
      .join(' '),
  unlinkedFromDisruption: (reference, team) => `${reference} stands by itself again: ${team} will look at it.`,
  disruptionNews: (reference, title, until) => `News about ${reference}, ${title}: expected to be solved ${until}.`,
  declared: (reference, title, until) =>
    [`More people report the same as ${reference}: ${title}.`, until && `Expected to be solved ${until}.`].filter(Boolean).join(' '),
  askDisruption: (title) => `Something is known already: ${title}. Is it about that?`,
  disruptionYes: 'Yes, that',
  disruptionNo: 'No, something else',

  parts: {
    made: (titles) => `It consists of: ${listed(titles)}.`,
    line: (title, state, team, after) => {
      const how = {
        open: after.length > 0 ? `waits for ${listed(after)}` : 'still to come',
        queued: `is with ${team}`,
        claimed: `${team} is working on it`,
        waiting: `${team} is waiting for an answer or a delivery`,
        ready: 'ready',
        closed: 'ready',
        withdrawn: 'withdrawn',
        merged: 'merged',
      }[state];
      return `- ${title}: ${how}`;
    },
    ready: (titles) => `Everything is ready: ${listed(titles)}.`,
    again: (reference, titles) => `Of ${reference} we look at this once more: ${listed(titles)}. The rest stays as it is.`,
  },

  claimed: (worker, team, reference) => `${worker} of ${team} is working on ${reference}.`,
  workerAsks: (worker, reference) => `${worker} asks about ${reference}:`,
  handedBack: (worker) => `${worker} has handed the conversation back; I’m here again.`,
  answerPassed: (worker) => `Thanks, I’ll pass it on${worker ? ` to ${worker}` : ''}.`,
  waiting: (reference, reason) => `${reference} is on hold: ${reason}`,
  split: (reference, title, into, team) =>
    `There were two questions in ${reference}. The second, “${title}”, has a number of its own now: ${into}. It is with ${team}.`,
  moved: (reference, team) => `${reference} is with ${team} now; that is where it belongs.`,
  ready: (reference, text) => `${reference} is ready. ${text}`,
  readyAsk: 'Is it all right now?',
  readyYes: 'Yes',
  readyNo: 'Not yet',
  closed: (reference) => `Good. ${reference} is closed.`,
  closedSilently: (reference) =>
    `${reference} is closed, as I haven’t heard anything more. If it isn’t right after all, tell me and it opens again.`,

  which: 'What does that belong to?',
  whichForm: (product) => `The request for ${inSentence(product)}`,
  whichCase: (title, reference) => `${title} (${reference})`,
  mishap: 'Something went wrong on my side with this message. It has been kept and a colleague will look at it; no need to send it again.',

  problem: (problem, value) =>
    ({
      'not-a-number': 'I can’t read that as a number. Example: 8',
      'too-small': 'That number is too small.',
      'too-large': 'That number is too large.',
      'not-a-date': 'I can’t read that day. Example: tomorrow, or 3 December',
      'in-the-past': 'That day has passed already.',
      'not-a-time': 'I can’t read that time. Example: 14:30',
      'not-a-choice': 'Choose one of the options.',
      'unknown-budget': `Budget number ${value} does not exist. Could you check it?`,
      'closed-budget': `Budget number ${value} is closed. Do you have another one?`,
      'unknown-room': `I don’t know that room: ${value}. Which room do you mean?`,
      'which-building': `In which building is that? There is a ${value} in more than one.`,
      'unknown-person': `I can’t find ${value} in the list of colleagues. What is the full name, or the email address?`,
      'which-person': `There is more than one ${value}. Which one do you mean?`,
      'no-budget-holder': `${value} holds no budget. Who does?`,
      'no-file': 'I can’t see a file with your message. Send it along, or say that you don’t have it.',
      'not-an-amount': 'I can’t read that amount. Example: 45.00',
      'not-yes-or-no': 'Answer with yes or no.',
      'too-long': 'That is too long; please shorten it.',
      empty: 'This is still needed.',
    })[problem],
  yes: 'yes',
  no: 'no',
};
