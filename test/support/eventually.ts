import { vi } from 'vitest';

/** Waits for something to become true, however slow the machine is. @returns what the check gives once it throws nothing */
export async function eventually<Value>(check: () => Value | Promise<Value>, timeout = 60_000): Promise<Value> {
  return await vi.waitFor(check, { timeout, interval: 50 });
}
