/** `npm run test:setup`: installs what the tests use from Debian where it may, and says elsewhere what will be skipped and how to get it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { findProgram, type Part, parts } from './parts.ts';

interface Machine {
  readonly root: boolean;
  readonly debian: boolean;
  /** TEST_SETUP=0 */
  readonly leaveAlone: boolean;
}

export function mayInstall({ root, debian, leaveAlone }: Machine): boolean {
  return root && debian && !leaveAlone;
}

/** One line for a part that stays away. */
export function sayMissing(part: Part, machine: Machine): string {
  const how = machine.debian ? `apt-get install ${part.debianPackage}` : `install ${part.programs.join(' or ')} and put it in the PATH`;
  const why = machine.leaveAlone ? 'TEST_SETUP=0' : machine.debian ? 'not root' : 'not Debian';
  return `${part.name} is not installed (${why}): ${part.tests} will be skipped. To get it: ${how}`;
}

function thisMachine(): Machine {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return { root: process.getuid?.() === 0, debian: /^ID="?debian"?$/m.test(release), leaveAlone: process.env.TEST_SETUP === '0' };
}

function aptGet(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const answer = spawnSync('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  lastWords = `${answer.stdout ?? ''}${answer.stderr ?? ''}`.trim().split('\n').slice(-3).join('\n') || String(answer.error ?? '');
  return answer.status === 0;
}

let lastWords = '';

/** Installs packages without starting the services that come with them. */
export function install(packages: readonly string[]): boolean {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  // Ctrl-C ends apt-get; we go on to tidy up.
  process.once('SIGINT', () => {});
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const args = ['install', '--no-install-recommends', ...packages];
    // The lists of a fresh machine are empty or old; then they are fetched once.
    return aptGet(...args) || (aptGet('update') && aptGet(...args));
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function main(): void {
  const missing = parts.filter((part) => findProgram(part) === null);
  if (missing.length === 0) return;
  const machine = thisMachine();
  if (!mayInstall(machine)) {
    for (const part of missing) console.log(sayMissing(part, machine));
    return;
  }
  const packages = missing.map((part) => part.debianPackage);
  console.log(
    `test:setup installs ${packages.join(', ')} with apt-get (TEST_SETUP=0 leaves the machine alone); their services are not started.`,
  );
  if (install(packages)) return;
  console.log(`apt-get did not install ${packages.join(', ')}; the tests that need them will be skipped. It said:\n${lastWords}`);
}

if (import.meta.main) main();
