import { describe, expect, it } from 'vitest';
import { plainLines } from './line.ts';
import { separate } from './separate.ts';

const taken = (...lines: string[]) => separate(plainLines(lines.join('\n')), { subject: 'Re: Lamp', senderName: 'Jan de Vries' });

describe('an attribution on top, and the quote taken away', () => {
  it('leaves the text below it to whoever answers', () => {
    const { text, quoted } = taken('Op ma 3 jun 2024 om 10:12 schreef Desk <desk@example.org>:', '', 'Het gaat om kamer 3.14.');
    expect(text).toBe('Het gaat om kamer 3.14.');
    expect(quoted).toBe('Op ma 3 jun 2024 om 10:12 schreef Desk <desk@example.org>:');
  });

  it('with a second one below begins the earlier mail there', () => {
    const { text } = taken(
      'On 3 June 2024 10:12, Desk <desk@example.org> wrote:',
      '',
      'Room 3.14.',
      '',
      'On 2 June 2024 9:00, Jan <jan@example.org> wrote:',
      '',
      'Where?',
    );
    expect(text).toBe('Room 3.14.');
  });

  it('above a quote is the quote’s', () => {
    const { text } = taken('On 3 June 2024 10:12, Desk <desk@example.org> wrote:', '', '', '', '', '> Which room?', '', 'Room 3.14.');
    expect(text).toBe('Room 3.14.');
  });
});

describe('an attribution whose address its client put on lines of its own', () => {
  it('begins the earlier mail', () => {
    const { text } = taken(
      'Ja.',
      '',
      'On Thu, 31 Mar 2016 at 11:16 Desk',
      '',
      '<',
      'mailto:Desk <desk@example.org>',
      '> wrote:',
      '',
      'Which room?',
    );
    expect(text).toBe('Ja.');
  });
});

describe('a quote marked by initials', () => {
  it('is quoted, answers between are new', () => {
    const { text, quoted } = taken(
      'SD> Welke kamer?',
      'SD> En hoe laat?',
      '',
      'Kamer 3.14.',
      '',
      'SD> Met hoeveel personen?',
      'SD>',
      '',
      'Zes.',
    );
    expect(text).toBe('Kamer 3.14.\n\nZes.');
    expect(quoted).toContain('Welke kamer?');
  });

  it('needs more than one line', () => {
    expect(taken('Type this at the prompt:', 'C> dir', 'and tell me.').text).toContain('C> dir');
  });
});

it('a tracker’s mark at the end is nobody’s text', () => {
  expect(taken('De lamp is stuk.', '', 'ᐧ').text).toBe('De lamp is stuk.');
});

it('the foot of a mailing list below a quote is no text', () => {
  const { text, signature } = taken(
    'Ja.',
    '',
    'Op ma 3 jun 2024 om 10:12 schreef Desk <desk@example.org>:',
    '> Welke?',
    '',
    '________________',
    'lijst mailing list',
    'lijst@example.org',
  );
  expect(text).toBe('Ja.');
  expect(signature).toContain('lijst@example.org');
});
