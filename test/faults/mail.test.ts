/** The process ends hard at each step of taking a mail in; after a restart every mail is one case, and stands where it belongs on the server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKPOINTS, type Checkpoint } from '../../domain/index.ts';
import type { TestDatabase } from '../setup/database.ts';
import { dovecot, findProgram } from '../setup/parts.ts';
import { type DeskTemplate, deskTemplate } from '../support/desk-template.ts';
import { Dovecot } from '../support/dovecot.ts';
import { eventually } from '../support/eventually.ts';
import { mail, mailboxSetting } from '../support/mail-samples.ts';
import { ask, problemsOf } from '../support/register-check.ts';
import { RunningDesk } from '../support/running-desk.ts';

/** What a mail passes on its way out is in mail-out.test.ts. */
const OF_A_MAIL: readonly Checkpoint[] = CHECKPOINTS.filter((it) => /^(?:intake|mail|turn|outbox):/.test(it) && it !== 'mail:handed-over');
const QUESTIONS = [
  'de koffieautomaat op verdieping 1 is leeg',
  'de koffieautomaat op verdieping 2 is leeg',
  'de koffieautomaat op verdieping 3 is leeg',
];

describe.skipIf(findProgram(dovecot) === null)('killed while mail comes in', () => {
  const template: { it: DeskTemplate | null } = { it: null };
  const imap = new Dovecot();
  beforeAll(async () => {
    await imap.start();
    template.it = await deskTemplate(1);
  });
  afterAll(async () => {
    await imap.remove();
    await template.it?.database.drop();
  });

  it.concurrent.each(OF_A_MAIL)('at %s: every mail is one case, and none is left in the inbox', async (checkpoint) => {
    if (!template.it) throw new Error('there is no template');
    const database = await template.it.copy();
    const address = `${checkpoint.replace(':', '.')}@example.org`;
    const desk = new RunningDesk({ database, settings: mailboxSetting(imap, { address, user: address }) });
    // The mailbox is taken up at its end: that comes first.
    await desk.start();
    await begun(database, address);
    await desk.stop();
    await imap.deliver(
      address,
      QUESTIONS.map((text, i) => mail({ subject: 'Koffie', text, from: `Eva <eva.${i}@example.org>` })),
    );

    await desk.start({ LOKET_TEST_CRASH_AT: checkpoint }).catch(() => {});
    expect(await desk.ended()).toEqual({ code: null, signal: 'SIGKILL' });

    await desk.start();
    await eventually(async () => {
      const cases = await ask<{ text: string }>(database.ownerUrl, 'select text from cases order by text');
      expect(cases.map(({ text }) => text.toLowerCase().match(/verdieping \d/)?.[0])).toEqual([
        'verdieping 1',
        'verdieping 2',
        'verdieping 3',
      ]);
    }, 120_000);
    await eventually(async () => expect(await imap.subjects(address)).toEqual([]), 60_000);
    expect(await imap.subjects(address, 'Verwerkt')).toHaveLength(QUESTIONS.length);
    // The answers have nowhere to go here; everything else is as it must be.
    await eventually(async () => {
      const problems = await problemsOf(database.ownerUrl);
      expect(problems.filter((it) => !it.startsWith('something is still to go out: reply'))).toEqual([]);
    });
    await desk.stop();
    await database.drop();
  });
});

async function begun(database: TestDatabase, name: string): Promise<void> {
  await eventually(async () => {
    const rows = await ask(database.ownerUrl, 'select 1 from mailboxes where name = $1 and reached_at is not null', [name]);
    expect(rows).toHaveLength(1);
  });
}
