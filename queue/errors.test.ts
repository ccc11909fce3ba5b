import { describe, expect, it } from 'vitest';
import { QueueUnavailable, within } from './errors.ts';

describe('waiting for the queues', () => {
  it('gives what comes in time', async () => {
    expect(await within(10_000, Promise.resolve(7))).toBe(7);
  });

  it('says with a code that they are unavailable, and why', async () => {
    const cause = new Error('Connection is closed.');
    await expect(within(10_000, Promise.reject(cause))).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE', cause });
    await expect(within(1, new Promise(() => {}))).rejects.toBeInstanceOf(QueueUnavailable);
  });

  it('hands over what comes too late, to be undone', async () => {
    const work = Promise.withResolvers<string>();
    const late = Promise.withResolvers<string>();
    await expect(within(1, work.promise, late.resolve)).rejects.toBeInstanceOf(QueueUnavailable);
    work.resolve('a ticket');
    expect(await late.promise).toBe('a ticket');
  });
});
