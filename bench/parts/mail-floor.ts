/**
 * The floor of the email bench, as a process of its own: imapflow fetches, mailparser parses, one row is committed per mail and one job is added to a
 * queue; nothing else. The same libraries, PostgreSQL settings and queue backend as ours, several mails at once.
 */
import { createPostgresBackend, createRedisBackend, Queue } from 'bullmq';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import pg from 'pg';
import { z } from 'zod';
import { newId } from '../../domain/index.ts';

export interface MailFloorOrder {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** PostgreSQL, with the right to make tables. */
  readonly database: string;
  /** '' for queues in PostgreSQL. */
  readonly redis: string;
}

const order = z.object({ port: z.number(), user: z.string(), password: z.string(), database: z.string(), redis: z.string() });

/** Mails that are parsed and committed side by side. */
const AT_ONCE = 16;

process.once('message', (message) => {
  void work(order.parse(message)).then((result) => {
    process.send?.(result);
    process.disconnect();
  });
});

async function work({ port, user, password, database, redis }: MailFloorOrder): Promise<{ mails: number; seconds: number }> {
  const pool = new pg.Pool({ connectionString: database, max: AT_ONCE });
  await pool.query('create schema if not exists floor');
  await pool.query(
    'create table if not exists floor.mails (id uuid primary key, message_id text, sender text, subject text, text text, at timestamptz not null default now())',
  );
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
  const queue = redis
    ? new Queue('floor', { connection: { url: redis }, defaultJobOptions }, createRedisBackend)
    : new Queue(
        'floor',
        { connection: { connectionString: database, schema: 'floor_queue', max: AT_ONCE, migrate: true }, defaultJobOptions },
        createPostgresBackend,
      );
  await queue.waitUntilReady();

  const begin = performance.now();
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user, pass: password }, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX');
  const busy = new Set<Promise<void>>();
  let mails = 0;
  const take = async (source: Buffer): Promise<void> => {
    const mail = await simpleParser(source);
    const id = newId();
    await pool.query({
      name: 'mail',
      text: 'insert into floor.mails (id, message_id, sender, subject, text) values ($1, $2, $3, $4, $5)',
      values: [id, mail.messageId, mail.from?.value[0]?.address, mail.subject, mail.text],
    });
    await queue.add('mail', { id }, { jobId: id });
    mails += 1;
  };
  for await (const { source } of client.fetch('1:*', { uid: true, source: true })) {
    if (!source) continue;
    const one: Promise<void> = take(source).finally(() => busy.delete(one));
    busy.add(one);
    if (busy.size >= AT_ONCE) await Promise.race(busy);
  }
  await Promise.all(busy);
  const seconds = (performance.now() - begin) / 1000;
  await client.logout();
  await queue.close();
  await pool.end();
  return { mails, seconds };
}
