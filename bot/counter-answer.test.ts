import { beforeAll, describe, expect, it } from 'vitest';
import { hoursText } from './counter-answer.ts';
import { Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let all: World;
beforeAll(async () => {
  all = await world();
});

describe('the counter of a site that is named', () => {
  it.each([
    [
      'wat zijn de openingstijden van de balie in gebouw B',
      'De balie van het stadhuis (begane grond naast de receptie) is open maandag t/m vrijdag 7.30-17.30 uur. Bellen kan op 1100.',
    ],
    [
      'hoe laat gaat de balie op de gemeentewerf dicht?',
      'De balie van de gemeentewerf (bij de poort) is open maandag t/m donderdag 7.00-12.00 en 12.30-16.00 uur, vrijdag 7.00-12.00 uur.',
    ],
    [
      'what are the opening hours of the counter in the town hall',
      'The counter of the town hall (ground floor next to reception) is open Monday to Friday 7:30-17:30. You can call 1100.',
    ],
  ])('answers from the organisation’s data: %s', (question, answer) => {
    const chat = new Simulator(all);
    const turn = chat.say(question);
    expect(turn.text).toContain(answer);
    expect(chat.only()).toMatchObject({ state: 'ready', product: null, team: 'desk' });
  });

  it('says when it opens, while it is closed', () => {
    const chat = new Simulator(all, { now: new Date('2026-11-24T20:00:00Z') });
    expect(chat.say('wat zijn de openingstijden van de balie in gebouw W').text).toContain('We zijn morgen om 7.00 uur weer open.');
  });

  it('is not answered about to who complains, or asks something else', () => {
    const chat = new Simulator(all);
    expect(chat.say('ik heb een klacht: de medewerker aan de balie in gebouw B was onbeschoft').text).not.toContain('is open');
    expect(new Simulator(all).say('de lamp boven de balie in gebouw B is kapot').text).not.toContain('is open');
  });
});

it('hours of a week put days with the same hours together', () => {
  const day = [{ from: '09:00', to: '12:00' }];
  expect(hoursText({ 1: day, 2: day, 4: day }, 'nl')).toBe('maandag t/m dinsdag 9.00-12.00 uur, donderdag 9.00-12.00 uur');
  expect(hoursText({}, 'en')).toBe('');
});
