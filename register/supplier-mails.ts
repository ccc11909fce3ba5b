import { sql } from 'kysely';
import { type CaseId, type MessageId, newId, type RunId } from '../domain/index.ts';
import type { Database } from './database.ts';
import type { Mail } from './mails.ts';

/** A mail to a supplier, before it is sent for the first time. */
export interface SupplierLetter
  extends Pick<
    Mail,
    'references' | 'mailbox' | 'fromAddress' | 'fromName' | 'replyTo' | 'toAddresses' | 'subject' | 'threadIndex' | 'threadTopic'
  > {
  readonly run: RunId;
  readonly internetMessageId: string;
}

/** A mail of a supplier's thread. */
export interface SupplierMail
  extends Pick<Mail, 'direction' | 'internetMessageId' | 'references' | 'subject' | 'replyTo' | 'threadIndex' | 'threadTopic' | 'at'> {
  readonly id: MessageId;
}

/** What a mail says of the run that it is about. */
export interface SupplierSigns {
  /** Message-IDs that it refers to, without brackets, the nearest first. */
  readonly ids: readonly string[];
  /** From the token in the address. */
  readonly run: RunId | null;
  /** The reference in the subject, which counts from the handler's own address alone. */
  readonly named: { readonly reference: string; readonly handler: string } | null;
}

/** A run, and whose it is. */
export interface SupplierRun {
  readonly run: RunId;
  readonly handler: string;
}

/** The run that a mail is about. */
export interface MeantRun extends SupplierRun {
  /** The address of its case's requester. */
  readonly requester: string | null;
}

/** The mails between the desk and a supplier, kept apart from those of the requester: each is about a run and stands in no conversation. */
export class SupplierMails {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Stores a mail before it is sent. The same again gives the one that was stored first. */
  async outgoing(it: SupplierLetter): Promise<SupplierMail> {
    const { run, ...mail } = it;
    await sql`
      insert into mails (id, direction, case_id, run_round, internet_message_id, reply_references, mailbox, from_address, from_name, reply_to,
                         to_addresses, subject, thread_index, thread_topic, trusted, at)
      values (${newId()}, 'out', ${run.case}, ${run.round}, ${mail.internetMessageId}, ${[...mail.references]}, ${mail.mailbox}, ${mail.fromAddress},
              ${mail.fromName}, ${mail.replyTo}, ${[...mail.toAddresses]}, ${mail.subject}, ${mail.threadIndex}, ${mail.threadTopic}, true, now())
      on conflict do nothing`.execute(this.#db);
    const stored = (await this.ofRun(run)).find(
      ({ direction, internetMessageId }) => direction === 'out' && internetMessageId === mail.internetMessageId,
    );
    if (!stored) throw new Error(`the mail of ${mail.internetMessageId} is not there after it was stored`);
    return stored;
  }

  /** The thread with the supplier who has a run: his runs of the same case, oldest mail first. */
  async ofRun({ case: of, round }: RunId): Promise<SupplierMail[]> {
    const { rows } = await sql<SupplierMail>`
      select m.id, m.direction, m.internet_message_id as "internetMessageId", m.reply_references as "references", m.subject, m.reply_to as "replyTo",
             m.thread_index as "threadIndex", m.thread_topic as "threadTopic", m.at
      from mails m join handler_runs r on r.case_id = m.case_id and r.round = m.run_round
      where m.case_id = ${of} and m.automated is null
        and r.handler = (select o.handler from handler_runs o where o.case_id = ${of} and o.round = ${round})
      order by m.at, m.id`.execute(this.#db);
    return rows;
  }

  /** The addresses that a case was handed over to. */
  async addressesOf(of: CaseId): Promise<string[]> {
    const { rows } = await sql<{ address: string }>`
      select distinct unnest(to_addresses) as address from mails where case_id = ${of} and direction = 'out'`.execute(this.#db);
    return rows.map(({ address }) => address);
  }

  /** The run that a mail is about: by what it answers, by its token, by the reference that its supplier names. Null when it is about none. */
  async meant({ ids, run, named }: SupplierSigns): Promise<MeantRun | null> {
    const { rows } = await sql<{ case: RunId['case']; round: number; handler: string; requester: string | null }>`
      select r.case_id as case, r.round, r.handler, p.address as requester from (
        select m.case_id, m.run_round as round, 1 as sign, array_position(${[...ids]}::text[], m.internet_message_id) as place
        from mails m where m.internet_message_id = any(${[...ids]}::text[]) and m.case_id is not null
        union all
        select s.case_id, s.round, 2, 0 from handler_runs s where s.case_id = ${run?.case ?? null}::uuid and s.round = ${run?.round ?? null}::integer
          and exists (select from mails m where m.case_id = s.case_id and m.run_round = s.round)
        union all
        select s.case_id, s.round, 3, -s.round from cases c join handler_runs s on s.case_id = c.id
        where c.reference = ${named?.reference ?? null} and s.handler = ${named?.handler ?? null}
          and exists (select from mails m where m.case_id = s.case_id and m.run_round = s.round)) f
      join handler_runs r on r.case_id = f.case_id and r.round = f.round
      join cases k on k.id = r.case_id left join people p on p.id = k.person_id
      order by f.sign, f.place limit 1`.execute(this.#db);
    const [found] = rows;
    return found ? { run: { case: found.case, round: found.round }, handler: found.handler, requester: found.requester } : null;
  }

  /** The mail to a supplier that has this Message-ID; null when none has. */
  async sentAs(internetMessageId: string): Promise<(SupplierRun & { readonly mail: MessageId }) | null> {
    const { rows } = await sql<{ case: RunId['case']; round: number; handler: string; mail: MessageId }>`
      select m.case_id as case, m.run_round as round, r.handler, m.id as mail from mails m
      join handler_runs r on r.case_id = m.case_id and r.round = m.run_round
      where m.internet_message_id = ${internetMessageId} and m.direction = 'out'`.execute(this.#db);
    const [found] = rows;
    return found ? { run: { case: found.case, round: found.round }, handler: found.handler, mail: found.mail } : null;
  }

  /** A mail that came in is about this run. @param fingerprint as it was taken in, in hex */
  async belongs(fingerprint: string, { case: of, round }: RunId): Promise<void> {
    await sql`
      update mails set case_id = ${of}, run_round = ${round}
      where fingerprint = decode(${fingerprint}, 'hex') and direction = 'in' and conversation_id is null`.execute(this.#db);
  }
}
