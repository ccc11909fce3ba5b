import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseAction } from './case-action.ts';
import { EVA, OMAR, SANNE, Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

/**
 * Whatever is said, pressed, filled in and done, in whatever order: the simulator holds every decision against the rules in
 * `test/rules.ts` and throws when one is broken. Here it is led through conversations that nobody would think of.
 */

let all: World;
beforeAll(async () => {
  all = await world();
});

const QUESTIONS = [
  'het is bloedheet in kamer 3.14 en de koffieautomaat is leeg',
  'the coffee machine is empty and the printer in room 2.10 does not work',
  'ik wil morgen een taxi naar Utrecht',
  'I need lunch for 12 people on Friday',
  'hoe laat gaat het bedrijfsrestaurant open?',
  'what time does the canteen open?',
  'wat is de zin van het leven',
  'mijn salaris klopt niet',
  'wachtwoord vergeten',
  'ik ben erg ontevreden over de servicedesk, dit is een klacht',
  'het zou mooi zijn als er meer laadpalen kwamen',
  'iets met een pas of een zaal',
];
const MOVES = [
  'ja',
  'nee',
  'yes',
  'no thanks',
  'ja maar',
  'hoi',
  'bedankt',
  'doei',
  'help',
  'status',
  'intrekken',
  'withdraw',
  'laat maar',
  'ik wil een mens spreken',
  'geen idee',
];
const VALUES = [
  '4410-23',
  '4410-99',
  '4490-99',
  'om 9 uur',
  'morgen',
  'kamer 2.10',
  'Jan de Vries, jan@example.org',
  'jan@example.org',
  'de tweede',
  '8',
  'naar Zwolle',
  '2',
];
const HOSTILE = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u200b\u0301',
  '<script>alert(1)</script>',
  "'; drop table cases; --",
  '__proto__',
  'constructor',
  'toString',
  'SD-SD-SD-BBBB-BBBB SD-BBBB-BBBB',
  '{"question":"x"}',
  '?'.repeat(500),
  'a '.repeat(4000),
  '9'.repeat(300),
  '👩‍🚒🔥',
  'SD-BBBB-BBBB',
];

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...QUESTIONS) },
  { weight: 3, arbitrary: fc.constantFrom(...MOVES) },
  { weight: 2, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
);
const actions = fc.constantFrom<CaseAction>(
  { action: 'claim' },
  { action: 'release' },
  { action: 'ask', text: 'Waar precies?' },
  { action: 'reply', text: 'We kijken ernaar.' },
  { action: 'wait', reason: 'het onderdeel komt vrijdag' },
  { action: 'resume' },
  { action: 'ready', text: 'Het is gedaan.' },
  { action: 'move', team: 'security' },
  { action: 'move', product: 'payslip' },
  { action: 'note', text: 'gebeld' },
  { action: 'chat', text: 'Hoi, ik kijk even mee.' },
  { action: 'chat', text: 'Ik neem het over.', from: SANNE.id },
  { action: 'hand-back' },
);

type Step =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'say-to-case'; readonly which: number; readonly text: string }
  | { readonly kind: 'press'; readonly which: number; readonly choice: number; readonly odd: string | null }
  | { readonly kind: 'fill'; readonly values: readonly string[] }
  | { readonly kind: 'stale'; readonly question: string; readonly value: string }
  | { readonly kind: 'act'; readonly which: number; readonly action: CaseAction; readonly other: boolean }
  | { readonly kind: 'timer'; readonly which: number; readonly timer: 'close-when-silent' | 'take-over' }
  | { readonly kind: 'later'; readonly minutes: number };

const which = fc.nat({ max: 12 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('say' as const), text: texts }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('say-to-case' as const), which, text: texts }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('press' as const), which, choice: which, odd: fc.option(texts, { freq: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fill' as const), values: fc.array(texts, { minLength: 1, maxLength: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stale' as const), question: texts, value: texts }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('act' as const), which, action: actions, other: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('timer' as const), which, timer: fc.constantFrom('close-when-silent', 'take-over') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('later' as const), minutes: fc.nat({ max: 5000 }) }) },
);

/** The n-th of a list, counted round and round. */
function pick<Item>(items: readonly Item[], n: number): Item | undefined {
  return items.length === 0 ? undefined : items[n % items.length];
}

function take(chat: Simulator, step: Step): unknown {
  switch (step.kind) {
    case 'say':
      return chat.say(step.text).effects;
    case 'say-to-case':
      return chat.say(`${pick(chat.cases(), step.which)?.reference ?? ''} ${step.text}`).effects;
    case 'press': {
      const question = pick(chat.open, step.which);
      const choice = question ? pick(chat.choices(question.id), step.choice) : undefined;
      return question ? chat.answer({ question: question.id, value: step.odd ?? choice?.value ?? 'yes' }).effects : null;
    }
    case 'fill': {
      const form = chat.open.findLast(({ kind }) => kind === 'form');
      if (!form) return null;
      const ids = [...chat.fields(form.id), '__proto__', 'constructor', 'nothing'];
      const values = Object.fromEntries(ids.map((id, i) => [id, pick(step.values, i) ?? '']));
      return chat.answer({ question: form.id, value: values }).effects;
    }
    case 'stale':
      return chat.answer({ question: step.question, value: step.value }).effects;
    case 'act': {
      const it = pick(chat.cases(), step.which);
      const worker = step.other ? OMAR : SANNE;
      return it && chat.tryAct(it, step.action, worker).kind === 'done' ? chat.act(it, step.action, worker).effects : null;
    }
    case 'timer': {
      const it = pick(chat.cases(), step.which);
      return it ? chat.timer(it, step.timer).effects : null;
    }
    case 'later':
      return chat.later(step.minutes);
    default:
      return step satisfies never;
  }
}

const settings = fc.record({ person: fc.constantFrom(EVA, null), language: fc.constantFrom('nl' as const, 'en' as const) });

describe('any conversation', () => {
  it('keeps the rules of every decision', () => {
    fc.assert(
      fc.property(settings, fc.array(steps, { maxLength: 25, size: 'max' }), (setting, many) => {
        const chat = new Simulator(all, setting);
        for (const step of many) take(chat, step);
        for (const it of chat.cases()) expect(chat.links.get(it.id)?.size ?? 0, `${it.reference} has no message`).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('goes the same way twice when the same is said', () => {
    fc.assert(
      fc.property(settings, fc.array(steps, { maxLength: 15, size: 'max' }), (setting, many) => {
        const [one, other] = [new Simulator(all, setting), new Simulator(all, setting)];
        for (const step of many) expect(take(other, step)).toEqual(take(one, step));
      }),
      { numRuns: 15 },
    );
  });

  it('finds after a take-over what was open before it, whatever was said and pressed meanwhile', () => {
    const meanwhile = steps.filter(({ kind }) => kind === 'say' || kind === 'press' || kind === 'fill' || kind === 'stale');
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 8, size: 'max' }), fc.array(meanwhile, { maxLength: 8, size: 'max' }), (before, many) => {
        const chat = new Simulator(all);
        const [it] = chat.say('de deur van kamer 1.02 klemt').opened;
        if (!it) throw new Error('there is no case');
        for (const step of before) take(chat, step);
        const chatting: CaseAction = {
          action: 'chat',
          text: 'Hoi',
          from: chat.conversation.state.takeOver?.by ?? chat.case(it.id).worker ?? OMAR.id,
        };
        fc.pre(chat.tryAct(it, chatting).kind === 'done');
        chat.act(it, chatting);
        const open = chat.open;
        for (const step of many) take(chat, step);
        chat.act(it, { action: 'hand-back' });
        const kept = open.filter((question) => question.kind !== 'worker-question').map(({ id }) => id);
        expect(chat.open.map(({ id }) => id)).toEqual(expect.arrayContaining(kept));
        expect(chat.say('hoi').replies.length).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  it('never has two products’ forms made into one case, nor one form into two', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...QUESTIONS, ...VALUES, 'ja'), { maxLength: 15, size: 'max' }), (said) => {
        const chat = new Simulator(all);
        for (const text of said) {
          const before = chat.cases().length;
          const { opened } = chat.say(text);
          expect(chat.cases().length).toBe(before + opened.length);
          expect(new Set(opened.map((it) => it.text)).size).toBe(opened.length);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('of hostile words alone is answered every time', () => {
    const chat = new Simulator(all);
    for (const text of HOSTILE) expect(chat.say(text).replies.length, JSON.stringify(text.slice(0, 40))).toBeGreaterThan(0);
  });
});
