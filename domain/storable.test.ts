import { expect, it } from 'vitest';
import { storable } from './storable.ts';

it('keeps a text as it is, but for what PostgreSQL cannot keep', () => {
  expect(storable('Café 😀\n')).toBe('Café 😀\n');
  expect(storable('a\u0000b\uD83Dc')).toBe('a\uFFFDb\uFFFDc');
});
