/** Approving by the link in a mail where the organisation has a sign-in: with a provider that is real. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Case, CaseId, PersonId } from '../domain/index.ts';
import { BASE, MailDesk } from './support/mail-desk.ts';
import { type Account, CLIENT, OpenIdProvider } from './support/openid-provider.ts';

let provider: OpenIdProvider;
let desk: MailDesk;
beforeAll(async () => {
  provider = await OpenIdProvider.listen();
  provider.serve(BASE);
});
afterAll(() => provider.stop());
beforeEach(async () => {
  desk = await MailDesk.open({
    signIn: { issuer: provider.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, groupsClaim: 'groups' },
  });
  await desk.look(`
    insert into people (id, name, address, verified, directory_id, manager, deputy) values
      ('00000000-0000-7000-9000-000000000001', 'Hans de Boer', 'hans@example.org', true, 'hans', 'mia', 'dina'),
      ('00000000-0000-7000-9000-000000000002', 'Dina Vos', 'dina@example.org', true, 'dina', null, null),
      ('00000000-0000-7000-9000-000000000003', 'Mia Kok', 'mia@example.org', true, 'mia', null, null)`);
  await desk.look(
    `insert into budgets (key, number, name, holder, open, "limit") values ('441023', '4410-23', 'Burgerzaken', 'hans', true, 5000)`,
  );
});
afterEach(() => desk.close());

const DINA = '00000000-0000-7000-9000-000000000002' as PersonId;

/** Somebody asks for a training, and its budget's holder is asked. */
async function asked(): Promise<{ readonly it: Case; readonly approve: string; readonly refuse: string; readonly mail: string }> {
  const conversation = await desk.write('Graag een training projectmatig werken aanvragen voor € 2.500,00 op budgetnummer 4410-23', {
    from: 'eva@example.org',
  });
  await desk.write('De cursus Projectmatig werken', { in: conversation, from: 'eva@example.org' });
  const it = (await desk.cases(conversation)).at(-1);
  if (!it) throw new Error('nothing was registered');
  desk.clock = () => new Date(Date.now() + 2 * 60_000);
  await desk.desk.timer(it.id, 'approval');
  desk.clock = () => new Date();
  await desk.settled();
  const mail = (await desk.mails(0)).find(
    ({ text, subject }) => subject?.startsWith('Akkoord gevraagd') && text?.includes(it.reference),
  )?.text;
  const link = (label: string): string => new RegExp(`^${label}: ${BASE}(/mail/\\S+)$`, 'm').exec(mail ?? '')?.[1] ?? '';
  return { it, mail: mail ?? '', approve: link('Akkoord'), refuse: link('Geen akkoord') };
}

/** Goes where it is sent: to the desk without a network, to the provider with one. It keeps cookies of both. */
class Browser {
  readonly #jars = new Map<string, Map<string, string>>();

  async get(url: string, form?: Readonly<Record<string, string>>) {
    const { origin, pathname, search } = new URL(url, BASE);
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = origin === BASE ? await toDesk(`${pathname}${search}`, cookie, form) : await toProvider(url, cookie);
    for (const line of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Signs in from the page behind a link. @returns that page afterwards */
  async signIn(as: Account, link: string) {
    provider.becomes(as);
    const page = await this.get(link);
    let to = /href="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    for (let steps = 0; steps < 12; steps++) {
      const answer = await this.get(to);
      if (answer.location === null) return answer;
      to = new URL(answer.location, to).href;
    }
    throw new Error('sent around in circles');
  }
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly cookies: readonly string[];
  readonly body: string;
}

async function toDesk(url: string, cookie: string, form?: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await desk.app.inject({
    method: form ? 'POST' : 'GET',
    url,
    headers: { cookie, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
  });
  const location = answer.headers.location ?? null;
  return { status: answer.statusCode, location, cookies: [answer.headers['set-cookie'] ?? []].flat(), body: answer.body };
}

async function toProvider(url: string, cookie: string): Promise<Answer> {
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
  const { status, headers } = answer;
  return { status, location: headers.get('location'), cookies: headers.getSetCookie(), body: await answer.text() };
}

const account = (sub: string, more: Partial<Account> = {}): Account => ({ sub, name: sub, ...more });
const caseNow = async (id: CaseId) => (await desk.register.turns.viewOfCase(id))?.cases.find((it) => it.id === id);
const lastEvent = async (id: CaseId) => (await desk.register.cases.history(id)).at(-1);

describe('approving by the link in a mail', () => {
  it('asks to sign in, and is written down as of who did', async () => {
    const { it, approve } = await asked();
    const browser = new Browser();
    const before = await browser.get(approve);
    expect(before.body).toContain('Meld je eerst aan');
    expect(before.body).not.toContain('<form');
    expect((await browser.get(approve, {})).body).toContain('Meld je eerst aan');
    expect((await caseNow(it.id))?.state).toBe('waiting');

    const page = await browser.signIn(account('hans'), approve);
    expect(page.body).toContain('Je bent aangemeld als Hans de Boer.');
    expect(page.body).toContain('Geef je akkoord voor € 2.500,00');
    expect((await caseNow(it.id))?.state).toBe('waiting');
    expect((await browser.get(approve, {})).body).toContain('Je akkoord is vastgelegd');
    expect(await caseNow(it.id)).toMatchObject({ state: 'queued', approval: 'given' });
    expect(await lastEvent(it.id)).toMatchObject({ name: 'approved', actorName: 'Hans de Boer', data: { way: 'signed-in' } });
    expect((await browser.get(approve, {})).status).toBe(410);
    expect((await new Browser().get(approve)).status).toBe(410);
  });

  it('is for the deputy to do too, to whom the mail was passed on, known by his proven address', async () => {
    const { it, refuse } = await asked();
    await desk.look(`update people set directory_id = null where id = '${DINA}'`);
    await desk.look(`update people set deputy = 'dina@example.org' where directory_id = 'hans'`);
    const browser = new Browser();
    const page = await browser.signIn(account('dina-oid', { email: 'Dina@example.org', email_verified: true }), refuse);
    expect(page.body).toContain('Je bent aangemeld als Dina Vos.');
    expect(page.body).toContain('<textarea');
    expect((await browser.get(refuse, { reason: '  ' })).body).toContain('<textarea');
    expect((await browser.get(refuse, { reason: 'Het budget is op.' })).body).toContain('Het gaat niet door');
    expect(await lastEvent(it.id)).toMatchObject({ name: 'refused', actorName: 'Dina Vos', data: { way: 'signed-in' } });
    await desk.settled();
    const told = (await desk.mails(0)).map(({ text }) => text ?? '').join('\n');
    expect(told).toContain('De reden: "Het budget is op."');
  });

  it.each([
    ['whose it is not', account('mia'), 'ga je hier niet'],
    ['whom the desk does not know', account('stranger'), 'ken ik je niet'],
    ['whose address is not proven', account('other', { email: 'hans@example.org', email_verified: false }), 'ken ik je niet'],
    [
      'who has the address of somebody with another directory id',
      account('x', { email: 'hans@example.org', email_verified: true }),
      'ken ik je niet',
    ],
  ])('decides nothing by somebody %s', async (_, who, says) => {
    const { it, approve } = await asked();
    const browser = new Browser();
    const page = await browser.signIn(who, approve);
    expect(page.body).toContain(says);
    expect(page.body).not.toContain('<form');
    expect((await browser.get(approve, {})).body).not.toContain('vastgelegd');
    expect((await caseNow(it.id))?.state).toBe('waiting');
  });

  it('is signed in for the one link alone, and into nothing else', async () => {
    const [one, other] = [await asked(), await asked()];
    const browser = new Browser();
    await browser.signIn(account('hans'), one.approve);
    expect((await browser.get(other.approve, {})).body).toContain('Meld je eerst aan');
    expect((await caseNow(other.it.id))?.state).toBe('waiting');
    await expect(desk.register.signIn.hasAdministrator()).resolves.toBe(false);
    expect(await desk.look('select 1 from sessions')).toEqual([]);
  });

  it('is not done by answering the mail; refusing is', async () => {
    const { it, mail } = await asked();
    expect(mail).not.toContain('antwoord met "ja"');
    const [asks] = await desk.look<{ id: Case['conversation'] }>(
      `select id from conversations where person_id = '00000000-0000-7000-9000-000000000001'`,
    );
    if (!asks) throw new Error('he was not asked');
    await desk.write('ja', { in: asks.id, from: 'hans@example.org', name: 'Hans de Boer' });
    await desk.settled();
    expect((await caseNow(it.id))?.state).toBe('waiting');
    expect((await desk.mails(0)).at(-1)?.text).toContain('Akkoord geven doe je aangemeld');
    await desk.write('nee, want het is te duur', { in: asks.id, from: 'hans@example.org', name: 'Hans de Boer' });
    await desk.desk.timer(it.id, 'verdict');
    expect(await lastEvent(it.id)).toMatchObject({ name: 'refused', data: { way: 'conversation' } });
  });
});
