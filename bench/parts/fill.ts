/** A register with a past: filled by statements over whole tables, through which a million cases take a minute or two. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { loadCatalogue } from '../../catalogue/index.ts';
import { migrate, startEmbedded } from '../../register/index.ts';
import { ROOT } from './children.ts';

/** Employees ask this many questions each, however large the register is: what a turn finds of a person is the same. */
const CASES_EACH = 25;

/** Makes a register in a data folder, fills it, and stops its server. */
export async function fill(folder: string, cases: number): Promise<void> {
  const loaded = await loadCatalogue(join(ROOT, 'catalogue'));
  if (loaded.kind !== 'ok') throw new Error('the catalogue has mistakes');
  const { products, version } = loaded.catalogue;
  const server = await startEmbedded({ folder });
  try {
    await migrate(server.ownerUrl);
    const client = new pg.Client({ connectionString: server.ownerUrl });
    await client.connect();
    try {
      const given = { cases, products: JSON.stringify(products.map(({ id, team }) => ({ id, team }))), catalogue: version };
      await client.query(withValues(await readFile(new URL('./fill.sql', import.meta.url), 'utf8'), given));
      await client.query('vacuum analyze');
      await client.query('checkpoint');
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

/** Brings what is searched up to date, in a few statements over everything. */
export async function fillSearch(folder: string): Promise<void> {
  const server = await startEmbedded({ folder });
  try {
    const client = new pg.Client({ connectionString: server.ownerUrl });
    await client.connect();
    try {
      await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'");
      await client.query('insert into search_due (case_id) select id from cases order by id');
      const { rows } = await client.query<{ count: number }>('select count(*)::int as count from search_due');
      for (let done = 0; done < (rows[0]?.count ?? 0); done += SEARCH_BATCH)
        await client.query('select index_for_search($1)', [SEARCH_BATCH]);
      await client.query('vacuum analyze search_documents, search_words, search_due');
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

const SEARCH_BATCH = 20_000;

/** Adds cases that wait in one team's queue. @param ownerUrl of a register with its tables */
export async function fillQueue(ownerUrl: string, team: string, cases: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(withValues(await readFile(new URL('./fill-queue.sql', import.meta.url), 'utf8'), { cases, team }));
  } finally {
    await client.end();
  }
}

/** People of a filled register, spread over it. */
export function employees(cases: number, count: number): { readonly sub: string; readonly name: string; readonly email: string }[] {
  const there = Math.max(1, Math.floor(cases / CASES_EACH));
  return Array.from({ length: Math.min(count, there) }, (_, i) => {
    const n = 1 + Math.floor((i * there) / Math.min(count, there));
    return { sub: `employee-${n}`, name: `Medewerker ${n}`, email: `employee-${n}@example.org` };
  });
}

/** psql's notation: `:name` a number, `:'name'` a text. */
function withValues(text: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce(
    (sql, [name, value]) =>
      sql
        .replaceAll(`:'${name}'`, () => pg.escapeLiteral(String(value)))
        .replaceAll(new RegExp(`(?<!:):${name}\\b`, 'g'), () => String(value)),
    text,
  );
}
