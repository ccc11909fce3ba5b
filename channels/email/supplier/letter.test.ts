import { expect, it } from 'vitest';
import { type ConversationId, LANGUAGES, newId } from '../../../domain/index.ts';
import { aCase } from '../../../register/test/builders.ts';
import { renderHtml } from '../render-html.ts';
import { renderText } from '../render-text.ts';
import { brokenInClients } from '../test/client-limits.ts';
import { type SupplierOrder, supplierLetter } from './letter.ts';

const ASKED = new Date('2026-11-25T09:00:00Z');
const NONE = { linked: [], infected: [] };
const subject = 'De lift <b>staat</b> stil.';

function order(given: Partial<SupplierOrder> = {}): SupplierOrder {
  const it = aCase(newId<ConversationId>(), { title: subject, text: 'Hij staat stil.\n\nAl sinds <script>alert(1)</script> gisteren.' });
  return {
    task: {
      run: { case: it.id, round: 1 },
      handler: 'lift',
      what: 'hand-over',
      attempt: 1,
      case: it,
      requester: { name: 'Eva Jansen', address: 'eva@example.org', department: 'Burgerzaken' },
      externalId: null,
    },
    to: 'werk@lift.example.com',
    language: 'nl',
    supplier: 'Liften Van Dam',
    contract: 'L-12',
    dueFrom: (asked) => new Date(asked.getTime() + 4 * 3_600_000),
    timeZone: 'Europe/Amsterdam',
    fields: [{ label: 'Lift', value: 'B' }],
    ...given,
  };
}

it.each(LANGUAGES)('in %s it says what, where, in whose words, and by when of the contract; the clients can show it', (language) => {
  const content = supplierLetter(order({ language }), 'Gemeente Voorbeeld', ASKED, NONE);
  const text = renderText(content);
  for (const part of ['De lift <b>staat</b> stil', '- Lift: B', 'Eva Jansen, Burgerzaken', 'L-12', '25', '2026', '14:00', 'Al sinds'])
    expect(text).toContain(part);
  expect(text).not.toContain('eva@example.org');
  const html = renderHtml(content, subject);
  expect(brokenInClients(html)).toEqual([]);
  expect(html).not.toContain('<script>');
});

it('what no contract says is left out', () => {
  const text = renderText(supplierLetter(order({ contract: null, dueFrom: () => null, fields: [] }), 'Gemeente Voorbeeld', ASKED, NONE));
  expect(text).not.toMatch(/Contract|Klaar uiterlijk|Lift: B/);
});

it('says which of the requester’s files do not go along and why, and where the large ones are', () => {
  const linked = [{ name: 'film.mp4', url: 'https://desk.example.org/mail/file/abc' }];
  const text = renderText(supplierLetter(order(), 'Gemeente Voorbeeld', ASKED, { linked, infected: ['rekening.pdf'] }));
  expect(text).toContain('Bestand: film.mp4 (https://desk.example.org/mail/file/abc)');
  expect(text).toContain('virusscanner er iets in vond: rekening.pdf.');
});
