import { expect, it } from 'vitest';
import { hasNoFile, isDecoration, speaksOfFiles } from './field-files.ts';

it("a signature's logo answers nothing; a photo that was pasted into the mail does", () => {
  expect(isDecoration({ name: 'image001.png', size: 4_213 })).toBe(true);
  expect(isDecoration({ name: 'image001.png', size: 240_000 })).toBe(false);
  expect(isDecoration({ name: 'bon.png', size: 4_213 })).toBe(false);
});

it.each(['zie de foto', 'de offerte zit erbij', 'see the attached picture', 'hierbij de bonnen'])('"%s" speaks of files', (text) => {
  expect(speaksOfFiles(text)).toBe(true);
});

it.each(['mijn stoel is kapot', 'de fotograaf komt om tien uur'])('"%s" does not', (text) => {
  expect(speaksOfFiles(text)).toBe(false);
});

it('"heb ik niet" has none, a sentence about something else says nothing of it', () => {
  expect(hasNoFile('heb ik niet')).toBe(true);
  expect(hasNoFile('ik heb geen toegang tot de map')).toBe(false);
});
