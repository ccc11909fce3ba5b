import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case, CaseId, ConversationId, PersonId, TimerKind } from '../domain/index.ts';
import { BASE, MailDesk } from './support/mail-desk.ts';

let desk: MailDesk;
beforeEach(async () => {
  desk = await MailDesk.open();
  await desk.look(`
    insert into people (id, name, address, verified, directory_id, manager, deputy, department) values
      ('00000000-0000-7000-9000-000000000001', 'Hans de Boer', 'hans@example.org', true, 'hans', 'mia', 'dina', 'Burgerzaken'),
      ('00000000-0000-7000-9000-000000000002', 'Dina Vos', 'dina@example.org', true, 'dina', null, null, null),
      ('00000000-0000-7000-9000-000000000003', 'Mia Kok', 'mia@example.org', true, 'mia', null, null, null)`);
  await desk.look(
    `insert into budgets (key, number, name, holder, open, "limit") values ('441023', '4410-23', 'Burgerzaken', 'hans', true, 5000)`,
  );
});
afterEach(async () => {
  await desk.close();
});

const HANS = '00000000-0000-7000-9000-000000000001' as PersonId;
const ORDER = 'Graag een training projectmatig werken aanvragen voor € 2.500,00 op budgetnummer 4410-23';

/** Somebody asks for a training by mail, and says that it is right. */
async function asked(from = 'eva@example.org', text = ORDER): Promise<{ conversation: ConversationId; it: Case }> {
  const conversation = await desk.write(text, { from });
  await desk.write('De cursus Projectmatig werken', { in: conversation, from });
  const it = (await desk.cases(conversation)).at(-1);
  if (!it) throw new Error('nothing was registered');
  return { conversation, it };
}

async function caseNow(id: CaseId): Promise<Case> {
  const it = (await desk.register.turns.viewOfCase(id))?.cases.find((known) => known.id === id);
  if (!it) throw new Error('there is no such case');
  return it;
}

/** So much later the timer fires. */
async function fires(id: CaseId, minutes: number, timer: TimerKind = 'approval'): Promise<void> {
  desk.clock = () => new Date(Date.now() + minutes * 60_000);
  await desk.desk.timer(id, timer);
  desk.clock = () => new Date();
}

/** What was mailed to somebody, once nothing waits to be sent. */
async function mailsTo(address: string): Promise<string[]> {
  await desk.settled();
  const mails = (await desk.mails(0)).filter(({ to }) => to && !Array.isArray(to) && to.text.includes(address));
  return mails.map(({ subject, text }) => `${subject}\n\n${text}`);
}

function linkIn(mail: string | undefined, label: string): string {
  const url = new RegExp(`^${label}: ${BASE}(/mail/\\S+)$`, 'm').exec(mail ?? '')?.[1];
  if (!url) throw new Error(`no link "${label}" in: ${mail}`);
  return url;
}

const press = (url: string) =>
  desk.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: '' });

const timersOf = (id: CaseId) =>
  desk.look<{ kind: string }>(`select kind from timers where case_id = '${id}' and done_at is null order by kind`);

describe('a request above the amount', () => {
  it('is put to the budget holder by mail, who approves by its link; then it is queued, with who, when and how', async () => {
    const { it } = await asked();
    expect(it).toMatchObject({ state: 'waiting', approval: 'asked', round: 0, product: 'training' });
    expect(desk.tickets).toEqual([]);
    // Within the undo window nobody is asked.
    await desk.desk.timer(it.id, 'approval');
    expect(await mailsTo('hans@example.org')).toEqual([]);

    await fires(it.id, 2);
    await fires(it.id, 2);
    const [mail, ...more] = await mailsTo('hans@example.org');
    expect(more).toEqual([]);
    expect(mail).toMatch(/^Akkoord gevraagd: opleiding, € 2\.500,00 \(SD-/);
    for (const part of ['Hoi Hans', 'Eva Jansen', '€ 2.500,00', '4410-23 · Burgerzaken', it.reference]) expect(mail).toContain(part);

    const url = linkIn(mail, 'Akkoord');
    expect((await desk.app.inject({ method: 'GET', url })).body).toContain('Geef je akkoord voor € 2.500,00');
    expect((await caseNow(it.id)).state).toBe('waiting');
    const answers = await Promise.all([press(url), press(url)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
    expect(await timersOf(it.id)).toContainEqual({ kind: 'verdict' });

    await desk.desk.timer(it.id, 'verdict');
    await desk.desk.timer(it.id, 'verdict');
    expect(await caseNow(it.id)).toMatchObject({ state: 'queued', approval: 'given', round: 1 });
    const history = await desk.register.cases.history(it.id);
    expect(history.map(({ name }) => name)).toEqual(['opened', 'submitted', 'approval-asked', 'approved']);
    expect(history.at(-1)).toMatchObject({ actor: 'approver', actorName: 'Hans de Boer', data: { way: 'link' } });
    expect(desk.tickets).toEqual([it.id]);
    expect((await timersOf(it.id)).map(({ kind }) => kind)).toEqual(['guard']);
    expect((await mailsTo('eva@example.org')).join('\n')).toContain('Hans de Boer geeft akkoord');
  });

  it('that is refused ends, and the requester reads the reason', async () => {
    const { it } = await asked();
    await fires(it.id, 2);
    const url = linkIn((await mailsTo('hans@example.org'))[0], 'Geen akkoord');
    expect((await press(url)).body).toContain('Waarom niet?');
    const [asks] = await desk.look<{ id: ConversationId }>(`select id from conversations where person_id = '${HANS}'`);
    if (!asks) throw new Error('he was not asked');
    await desk.write('Het opleidingsbudget is dit jaar op.', { in: asks.id, from: 'hans@example.org', name: 'Hans de Boer' });
    await desk.desk.timer(it.id, 'verdict');
    expect((await caseNow(it.id)).state).toBe('withdrawn');
    expect((await mailsTo('eva@example.org')).join('\n')).toContain('De reden: "Het opleidingsbudget is dit jaar op."');
  });

  it('goes to the deputy when the holder is silent, and lapses when both are', async () => {
    const { it } = await asked();
    await fires(it.id, 2);
    // What waits in a conversation goes out as one: the question has gone before the reminder is written.
    expect(await mailsTo('hans@example.org')).toHaveLength(1);
    await fires(it.id, 4 * 24 * 60);
    await fires(it.id, 8 * 24 * 60);
    expect((await mailsTo('hans@example.org')).map((mail) => mail.includes('Nog niet beantwoord'))).toEqual([false, true]);
    expect(await mailsTo('dina@example.org')).toEqual([expect.stringContaining('Hans de Boer heeft nog niet gereageerd')]);
    await fires(it.id, 40 * 24 * 60);
    expect((await caseNow(it.id)).state).toBe('withdrawn');
    expect(await desk.look(`select kind, team from notices where case_id = '${it.id}'`)).toEqual([
      { kind: 'approval-lapsed', team: 'desk' },
    ]);
    const late = await press(linkIn((await mailsTo('dina@example.org'))[0], 'Akkoord'));
    expect(late.body).toContain('niet meer nodig');
    await desk.desk.timer(it.id, 'verdict');
    expect((await caseNow(it.id)).state).toBe('withdrawn');
  });

  it("of the holder himself is his own to spend up to his limit, and his manager's above it", async () => {
    const { it } = await asked('hans@example.org');
    await fires(it.id, 2);
    expect(await caseNow(it.id)).toMatchObject({ state: 'queued', approval: 'given' });
    const above = await asked('hans@example.org', ORDER.replace('2.500,00', '7.500,00'));
    await fires(above.it.id, 2);
    expect((await caseNow(above.it.id)).state).toBe('waiting');
    expect(await mailsTo('mia@example.org')).toHaveLength(1);
  });

  it('is decided once when two decide at the same moment', async () => {
    const { it } = await asked();
    await fires(it.id, 2);
    const dina = '00000000-0000-7000-9000-000000000002' as PersonId;
    const url = linkIn((await mailsTo('hans@example.org'))[0], 'Akkoord');
    const [byLink, signedIn] = await Promise.all([press(url), desk.desk.approve(it.id, dina, { verdict: 'refused', reason: 'Te duur.' })]);
    await desk.desk.timer(it.id, 'verdict');
    const [row] = await desk.look<{ verdict: string }>(`select verdict from approvals where case_id = '${it.id}'`);
    const refused = signedIn?.kind === 'done';
    expect(row?.verdict).toBe(refused ? 'refused' : 'approved');
    expect(byLink.body).toContain(refused ? 'heeft al beslist' : 'is vastgelegd');
    expect((await caseNow(it.id)).state).toBe(refused ? 'withdrawn' : 'queued');
  });

  it("is nobody else's to decide, signed in or not", async () => {
    const { it } = await asked();
    await fires(it.id, 2);
    for (const who of ['00000000-0000-7000-9000-000000000003' as PersonId, it.person]) {
      if (!who) throw new Error('nobody asked');
      expect(await desk.desk.approve(it.id, who, { verdict: 'approved' })).toEqual({ kind: 'refused', code: 'not-yours' });
      expect(await desk.register.approvals.waitingFor(who)).toHaveLength(who === it.person ? 0 : 1);
    }
    expect(await desk.desk.approve(it.id, HANS, { verdict: 'approved' })).toMatchObject({ kind: 'done' });
    expect(await desk.desk.approve(it.id, HANS, { verdict: 'approved' })).toEqual({ kind: 'refused', code: 'already-decided' });
    expect(await desk.register.approvals.waitingFor(HANS)).toEqual([]);
    expect((await desk.register.cases.history(it.id)).at(-1)).toMatchObject({ name: 'approved', data: { way: 'signed-in' } });
  });
});
