import { describe, expect, it } from 'vitest';
import { modesOf, primaryOf } from './modes.ts';

describe('what may be done with a case', () => {
  it('offers to write only what is allowed, to the requester first', () => {
    expect(modesOf({ actions: ['note', 'move', 'ask', 'reply'] })).toEqual(['reply', 'ask', 'note']);
    expect(modesOf({ actions: [] })).toEqual([]);
  });

  it('puts on the big button what is likely next', () => {
    expect(primaryOf({ state: 'queued', actions: ['claim', 'move', 'note'] })).toBe('claim');
    expect(primaryOf({ state: 'claimed', actions: ['release', 'ask', 'reply', 'ready', 'note'] })).toBe('ready');
    expect(primaryOf({ state: 'waiting', actions: ['resume', 'ready', 'note'] })).toBe('resume');
    expect(primaryOf({ state: 'closed', actions: [] })).toBeNull();
  });
});
