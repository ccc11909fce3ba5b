import { describe, expect, it } from 'vitest';
import type { Move } from '../domain/index.ts';
import { moveOf } from './moves.ts';

const SAID: readonly (readonly [Move, readonly string[]])[] = [
  ['greeting', ['hoi', 'Hallo!', 'goedemorgen', 'goedenavond', 'Hi there', 'good morning', 'dag', 'hoi loket', 'Hey', "Beste collega's,"]],
  [
    'thanks',
    ['bedankt hoor', 'dank je wel!', 'oké dank', 'thanks a lot', 'Thank you so much', 'super bedankt voor de snelle hulp', 'thx', '🙏'],
  ],
  ['goodbye', ['doei', 'tot ziens', 'fijne dag nog', 'bye', 'see you later', 'have a nice day', 'fijn weekend', 'groetjes']],
  ['yes', ['ja', 'ja graag', 'jazeker', 'klopt', 'dat klopt', 'prima', 'ok', 'yes please', 'sure', 'doe maar', '👍', 'is goed']],
  ['no', ['nee', 'nee hoor', 'nee dank je', 'no thanks', 'dat klopt niet', 'niet doen', 'nope', 'nee laat maar', 'liever niet']],
  [
    'human',
    [
      'ik wil iemand spreken',
      'kan ik een medewerker spreken?',
      'mag ik een mens spreken',
      'can I talk to a human?',
      'kan iemand mij terugbellen?',
      'speak to an agent',
      'verbind me door',
    ],
  ],
  [
    'status',
    [
      'waar staat mijn melding',
      'hoe staat het met SD-7K3Q-MX2P',
      'SD-7K3Q-MX2P',
      'sd 7k3q mx2p',
      'what is the status of my ticket',
      'is er al iets bekend over mijn melding van gisteren?',
      'wanneer is mijn aanvraag klaar',
      'any update on my request?',
      'heb je al nieuws over mijn aanvraag?',
    ],
  ],
  [
    'cancel',
    [
      'trek mijn melding in',
      'laat maar zitten',
      'never mind',
      'cancel my request please',
      'mijn melding mag gesloten worden',
      'het is al opgelost',
      'SD-7K3Q-MX2P kan vervallen',
      'hoeft niet meer',
    ],
  ],
  ['help', ['wat kun je allemaal', 'help', 'what can you do?', 'hoe werkt dit', 'waar kun je me mee helpen']],
];

describe('moves', () => {
  for (const [move, texts] of SAID) {
    for (const text of texts) it(`hears ${move} in "${text}"`, () => expect(moveOf(text)).toBe(move));
  }

  for (const text of [
    'de lamp is stuk',
    'ik wil mijn zaal annuleren',
    'waar is de printer',
    'is mijn paspoort klaar',
    'graag een taxi',
    'Ik heb een klacht over de schoonmaak',
    'ja maar mijn laptop doet het nog steeds niet',
    'help mijn scherm is zwart',
    'can you help me book a room',
    '',
    '?!',
  ]) {
    it(`hears no move in "${text}"`, () => expect(moveOf(text)).toBeNull());
  }
});
