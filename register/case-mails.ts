import { sql } from 'kysely';
import type { CaseId, MessageId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** A mail that a case came in by, or that was added to it later. */
export interface CaseMail {
  readonly id: MessageId;
  readonly at: Date;
  readonly fromAddress: string | null;
  readonly fromName: string | null;
  /** The sender was judged to be who the From says. */
  readonly trusted: boolean;
  /** To and Cc. */
  readonly toAddresses: readonly string[];
  /** The desk's mailbox that it came in by, and the others that got the same. */
  readonly mailbox: string;
  readonly alsoIn: readonly string[];
  readonly subject: string;
  /** Who wrote the original, where it was forwarded. */
  readonly forwardedAddress: string | null;
  readonly forwardedName: string | null;
  /** Where its source is kept. */
  readonly raw: string | null;
}

const AT_MOST = 100;

/** The mails that came in for a case: by its conversation, and from the supplier who has it. */
export class CaseMails {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Oldest first; the latest hundred. */
  async ofCase(of: CaseId): Promise<CaseMail[]> {
    const { rows } = await sql<CaseMail>`
      select m.id, m.at, m.from_address as "fromAddress", m.from_name as "fromName", m.trusted, m.to_addresses as "toAddresses", m.mailbox,
             m.also_in as "alsoIn", m.subject, m.forwarded_address as "forwardedAddress", m.forwarded_name as "forwardedName", m.raw
      from mails m
      where m.direction = 'in' and m.id in (
        select i.id from case_messages l join messages t on t.id = l.message_id join mails i on i.intake_id = t.intake_id where l.case_id = ${of}
        union all select s.id from mails s where s.case_id = ${of})
      order by m.at desc, m.id desc limit ${AT_MOST}`.execute(this.#db);
    return rows.reverse();
  }

  /** One of them; null when it is not this case's. */
  async find(of: CaseId, mail: MessageId): Promise<CaseMail | null> {
    return (await this.ofCase(of)).find(({ id }) => id === mail) ?? null;
  }
}
