import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mayInstall, sayMissing } from './install-parts.ts';
import { findProgram, parts, redis } from './parts.ts';

describe('test:setup', () => {
  it('installs as root on Debian only, and not when told to leave the machine alone', () => {
    expect(mayInstall({ root: true, debian: true, leaveAlone: false })).toBe(true);
    expect(mayInstall({ root: false, debian: true, leaveAlone: false })).toBe(false);
    expect(mayInstall({ root: true, debian: false, leaveAlone: false })).toBe(false);
    expect(mayInstall({ root: true, debian: true, leaveAlone: true })).toBe(false);
  });

  it('says in one line what is skipped and how to get it', () => {
    const line = sayMissing(redis, { root: false, debian: true, leaveAlone: false });
    expect(line).toBe(
      'Redis is not installed (not root): the tests of the queue on Redis will be skipped. To get it: apt-get install redis-server',
    );
    expect(sayMissing(redis, { root: false, debian: false, leaveAlone: false })).toContain('(not Debian)');
    expect(sayMissing(redis, { root: true, debian: true, leaveAlone: true })).toContain('(TEST_SETUP=0)');
  });

  it('changes nothing with TEST_SETUP=0 and speaks of each missing part only', () => {
    const script = fileURLToPath(new URL('install-parts.ts', import.meta.url));
    const answer = spawnSync(process.execPath, [script], { encoding: 'utf8', env: { ...process.env, TEST_SETUP: '0' } });
    const missing = parts.filter((part) => findProgram(part) === null);
    expect(answer.status).toBe(0);
    expect(answer.stdout.split('\n').filter(Boolean)).toHaveLength(missing.length);
  });
});
