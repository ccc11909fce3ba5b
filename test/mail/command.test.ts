import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainMail } from './compose.ts';

const run = promisify(execFile);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loket-mail-'));
});
afterAll(() => rm(folder, { recursive: true }));

const KEYS =
  'messageId from to cc date subject text quoted signature forwarded language automated inReplyTo references caseReference attachments authentication warnings'.split(
    ' ',
  );

test('loket mail --json prints a line for each file, also for bytes that are no mail', async () => {
  const [mail, noise] = [join(folder, 'a.eml'), join(folder, 'b.eml')];
  await writeFile(mail, plainMail('De lamp is stuk.\n\nGroet, Jan'));
  await writeFile(noise, Buffer.from([0, 255, 13, 10, 0, 128]));
  const { stdout } = await run(process.execPath, ['loket.ts', 'mail', mail, noise, '--json']);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  expect(lines.map((line) => Object.keys(line))).toEqual([KEYS, KEYS]);
  expect(lines[0]).toMatchObject({
    from: { name: 'Jan de Vries', address: 'jan.devries@example.org' },
    text: 'De lamp is stuk.',
    signature: 'Groet, Jan',
    language: 'nl',
    automated: null,
    date: '2024-06-03T08:15:00.000Z',
  });
  expect(lines[1]).toMatchObject({ from: { name: '', address: '' }, date: null, messageId: null });
});

test('a file that is not there is said, after the others', async () => {
  const mail = join(folder, 'c.eml');
  await writeFile(mail, plainMail('De lamp is stuk.'));
  const failure = await run(process.execPath, ['loket.ts', 'mail', join(folder, 'none.eml'), mail]).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(failure).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('De lamp is stuk.'),
    stderr: expect.stringContaining('none.eml cannot be read'),
  });
});
