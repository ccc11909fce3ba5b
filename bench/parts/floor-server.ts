/**
 * The floor, as a process of its own: what no service of this kind can do without. A route that validates, commits one row for the message and
 * one for the case in one transaction, and adds one job to a queue; the same libraries, the same PostgreSQL settings, the same queue backend.
 * FLOOR_DATA is its folder, FLOOR_PORT its port, REDIS_URL its Redis (empty: the queue is in PostgreSQL, as ours is).
 */
import { randomInt } from 'node:crypto';
import { createPostgresBackend, createRedisBackend, Queue } from 'bullmq';
import Fastify from 'fastify';
import pg from 'pg';
import { z } from 'zod';
import { newId, newReference } from '../../domain/index.ts';
import { startEmbedded } from '../../register/index.ts';

const TABLES = `
  create table if not exists messages (id uuid primary key, conversation_id uuid not null, text text not null, at timestamptz not null default now());
  create table if not exists cases (id uuid primary key, reference text not null unique, message_id uuid not null references messages, title text not null,
    state text not null, opened_at timestamptz not null default now())`;

const incoming = z.object({ id: z.uuid(), text: z.string().min(1).max(8_000) });
const place = z.object({ id: z.uuid() });
const settings = z.object({ FLOOR_DATA: z.string(), FLOOR_PORT: z.coerce.number(), REDIS_URL: z.string().default('') });
const { FLOOR_DATA: folder, FLOOR_PORT: port, REDIS_URL: redis } = settings.parse(process.env);

const server = await startEmbedded({ folder });
const owner = new pg.Client({ connectionString: server.ownerUrl });
await owner.connect();
await owner.query(`${TABLES}; grant select, insert on messages, cases to loket_app`);
await owner.end();

const pool = new pg.Pool({ connectionString: server.applicationUrl, max: 16 });
const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
const queue = redis
  ? new Queue('floor', { connection: { url: redis }, defaultJobOptions }, createRedisBackend)
  : new Queue(
      'floor',
      { connection: { connectionString: server.applicationUrl, schema: 'queue', max: 16, migrate: true }, defaultJobOptions },
      createPostgresBackend,
    );
await queue.waitUntilReady();

const app = Fastify({ forceCloseConnections: true });
app.post('/chat/conversations/:id/messages', async (request) => {
  const conversation = place.parse(request.params).id;
  const { id, text } = incoming.parse(request.body);
  const caseId = newId();
  const reference = newReference((below) => randomInt(below));
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({
      name: 'message',
      text: 'insert into messages (id, conversation_id, text) values ($1, $2, $3)',
      values: [id, conversation, text],
    });
    await client.query({
      name: 'case',
      text: `insert into cases (id, reference, message_id, title, state) values ($1, $2, $3, $4, 'queued')`,
      values: [caseId, reference, id, text],
    });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  await queue.add('ticket', { case: caseId, round: 1 }, { jobId: `${caseId}-1`, priority: 1 });
  return { messages: [{ id, text, reference }], done: true };
});
await app.listen({ port, host: '127.0.0.1' });
console.log('Ready');

process.once('SIGTERM', () => {
  void (async () => {
    await app.close();
    await queue.close();
    await pool.end();
    await server.stop();
  })();
});
