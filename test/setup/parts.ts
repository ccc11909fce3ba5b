/** The parts from Debian that tests use, where they are installed. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Part {
  readonly name: string;
  readonly programs: readonly string[];
  readonly debianPackage: string;
  readonly tests: string;
}

export const redis: Part = {
  name: 'Redis',
  programs: ['redis-server'],
  debianPackage: 'redis-server',
  tests: 'the tests of the queue on Redis',
};

export const chromium: Part = {
  name: 'Chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome'],
  debianPackage: 'chromium',
  tests: 'the tests in a browser',
};

export const clamav: Part = {
  name: 'ClamAV',
  programs: ['clamd'],
  debianPackage: 'clamav-daemon',
  tests: 'the tests of files with a real virus scanner',
};

export const dovecot: Part = {
  name: 'Dovecot',
  programs: ['dovecot'],
  debianPackage: 'dovecot-imapd',
  tests: 'the tests of mail with a real IMAP server',
};

export const parts: readonly Part[] = [redis, chromium, clamav, dovecot];

export function findProgram(part: Part): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
  for (const program of part.programs) {
    for (const folder of folders) {
      const path = join(folder, program);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this one.
      }
    }
  }
  return null;
}
