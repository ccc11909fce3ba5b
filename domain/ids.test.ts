import { describe, expect, it } from 'vitest';
import { newId, newSecret, parseId } from './index.ts';

describe('an id', () => {
  it('is read back as itself', () => {
    const id = newId();
    expect(parseId(id)).toBe(id);
  });

  it('says it is a UUID of version 7', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by the moment it was made', () => {
    const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((now) => newId(now));
    expect([...ids].reverse().sort()).toEqual(ids);
  });

  it('sorts by the order in which it was made, also within a millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
  });

  it('is never given twice', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId(0))).size).toBe(1000);
  });

  it('is not read from anything else', () => {
    const upper = newId().toUpperCase().replace(/^\d/, 'A');
    for (const other of ['', 'x', upper, ` ${newId()}`, `${newId()}\n`, null, undefined, 7, {}, [newId()]])
      expect(parseId(other)).toBeNull();
  });
});

describe('a secret', () => {
  it('is long, safe in an address, and another every time', () => {
    expect(newSecret()).toMatch(/^[\w-]{43}$/);
    expect(newSecret()).not.toBe(newSecret());
  });
});
