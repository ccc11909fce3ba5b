import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CardContext, cardOf, needsCard, plainText } from './cards.ts';
import { tabLink } from './names.ts';
import { MOST_BYTES, renderParts } from './render.ts';
import { CONTEXT, caseIn, part, SAMPLES } from './test/samples.ts';
import type { Card } from './types.ts';

/** What the published object model of Adaptive Cards finds wrong with a card of the version that Teams shows. */
function problemsOf(card: Card): string[] {
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(card, context);
  const problems = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  // Teams shows its people picker on cards of this version too ("People Picker in Adaptive Cards"); elsewhere the property came with 1.6.
  return problems.filter((problem) => !problem.startsWith('Property "choices.data" is supported in version 1.6'));
}

const json = (card: unknown): string => JSON.stringify(card);

describe('cards', () => {
  test.each(Object.entries(SAMPLES))('%s is valid, here and where others read along', (_, parts) => {
    expect(problemsOf(cardOf(parts, CONTEXT))).toEqual([]);
    expect(problemsOf(cardOf(parts, { ...CONTEXT, shared: true, viewer: null, language: 'en' }))).toEqual([]);
  });

  test('a case opens its tab; where others read along there is nothing to press', () => {
    const parts = [part({ text: 'Gemeld.' }, { case: caseIn('queued') })];
    const context = { ...CONTEXT, caseLink: (reference: string) => tabLink('8c2b7a5e-0f4d-4e0a-9a51-3b1c2d3e4f50', 'my', reference) };
    const link = 'https://teams.microsoft.com/l/entity/8c2b7a5e-0f4d-4e0a-9a51-3b1c2d3e4f50/my?context=';
    expect(problemsOf(cardOf(parts, context))).toEqual([]);
    expect(json(cardOf(parts, context))).toContain(link);
    expect(json(cardOf(parts, { ...context, shared: true }))).not.toContain(link);
  });

  test('what is wrong is seen', () => {
    expect(problemsOf({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Nonsense' }] })).not.toEqual([]);
  });

  test.each(Object.entries(SAMPLES))('%s says all of it in words, too', (_, parts) => {
    const words = String(cardOf(parts, CONTEXT).fallbackText);
    expect(words).toContain(parts.at(-1)?.reply.text.split('\n')[0]);
    expect(renderParts(parts, CONTEXT).summary?.length ?? 0).toBeGreaterThan(0);
  });

  test('a button carries its question, and an old client is given another way', () => {
    const text = json(cardOf(SAMPLES.registered ?? [], CONTEXT));
    expect(text).toContain('"verb":"answer"');
    expect(text).toContain('"fallback":{"type":"Action.Submit"');
  });

  test.each(['claimed', 'ready', 'withdrawn'])('%s has no button left', (name) => {
    expect(json({ ...cardOf(SAMPLES[name] ?? [], CONTEXT), refresh: null })).not.toContain('Action.Execute');
  });

  test('where others read along neither title nor what was filled in is shown', () => {
    const text = json(cardOf(SAMPLES.registered ?? [], { ...CONTEXT, shared: true }));
    expect(text).not.toContain('Te warm');
    expect(text).not.toContain('Plaats');
    expect(text).toContain('Ontvangen');
  });

  test('a source is a link only when it leads to the web', () => {
    const text = json(cardOf(SAMPLES.answer ?? [], CONTEXT).body);
    expect(text).toContain('"url":"https://intranet.example.org/catering"');
    expect(text).not.toContain('"url":"javascript');
  });

  test('plain words are sent as words', () => {
    expect(renderParts([part({ text: 'Goed.' })], CONTEXT)).toEqual({ type: 'message', text: 'Goed.', textFormat: 'plain' });
    expect(needsCard(part({ text: 'Waar?', ask: { kind: 'text', id: 'x' as never } }))).toBe(false);
  });

  test('what a worker writes carries the name', () => {
    expect(renderParts([part({ text: 'Ik kom zo.' }, { by: 'Sanne' })], CONTEXT).text).toBe('Sanne: Ik kom zo.');
  });

  test.each([
    ['vandaag voor 14.00', '2026-11-24T13:00:00Z', 'nl'],
    ['morgen voor 10.00', '2026-11-25T09:00:00Z', 'nl'],
    ['do 3 dec voor 10.00', '2026-12-03T09:00:00Z', 'nl'],
    ['tomorrow before 10:00', '2026-11-25T09:00:00Z', 'en'],
  ] as const)('a moment is said as %s', (said, due, language) => {
    const context: CardContext = { ...CONTEXT, language };
    expect(plainText(part({ text: 'x' }, { case: { ...caseIn('queued'), due } }), context)).toContain(said);
  });

  test('whatever is said: the card is valid, fits in what Teams takes, and nothing in it becomes a link or a template', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.constantFrom(...Object.keys(SAMPLES))), {
          minLength: 1,
          maxLength: 6,
        }),
        (said) => {
          const parts = said.flatMap(([text, name]) =>
            (SAMPLES[name] ?? []).map((it) => ({ ...it, reply: { ...it.reply, text: `x${text}{{DATE(2026-01-01)}}` } })),
          );
          expect(problemsOf(cardOf(parts, CONTEXT))).toEqual([]);
          expect(json(cardOf(parts, CONTEXT).body)).not.toContain('{{');
          expect(Buffer.byteLength(json(renderParts(parts, CONTEXT)))).toBeLessThanOrEqual(MOST_BYTES);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a text that is too long is cut between characters, and says so', () => {
    const shown = renderParts([part({ text: '😀'.repeat(20_000) })], CONTEXT);
    expect(Buffer.byteLength(json(shown))).toBeLessThanOrEqual(MOST_BYTES);
    expect(shown.text).toMatch(/^(?:😀)+… \(ingekort\)$/u);
  });
});
