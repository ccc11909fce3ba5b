import type { CannedText, Suggestions } from '../../protocol.ts';

export const CANNED: readonly CannedText[] = [
  { id: '00000000-0000-4000-8000-000000000001', team: 'facilities', name: 'Besteld', text: 'Dag {naam}, het onderdeel is besteld.' },
  { id: '00000000-0000-4000-8000-000000000002', team: null, name: 'Groet', text: 'Tot zo!' },
];

export const SUGGESTIONS: Suggestions = {
  similar: [
    {
      id: 'solved',
      reference: 'SD-9SLV-DXX2',
      title: 'Te warm, kamer 2.10',
      readyAt: '2026-11-02T10:00:00Z',
      answer: 'De regelaar is vervangen.',
    },
  ],
  replies: [
    { from: 'catalogue', reference: null, text: 'Zet de knop op 3 en sluit de ramen.' },
    { from: 'case', reference: 'SD-9SLV-DXX2', text: 'De regelaar is vervangen.' },
  ],
};
