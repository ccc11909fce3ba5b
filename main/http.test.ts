import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { servePages } from './http.ts';

it("the chat's page is in the browser's language, or in the one that was chosen", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  await writeFile(join(folder, 'index.html'), 'Stel je vraag');
  await writeFile(join(folder, 'index.en.html'), 'Ask your question');
  const app = fastify();
  await servePages(app, { chat: folder, workbench: folder }, { tabs: false });
  const page = async (url: string, language: string) => (await app.inject({ url, headers: { 'accept-language': language } })).body;
  expect(await page('/', 'nl-NL,nl;q=0.9,en;q=0.8')).toBe('Stel je vraag');
  expect(await page('/', 'en-GB,en;q=0.9')).toBe('Ask your question');
  expect(await page('/', 'de')).toBe('Stel je vraag');
  expect(await page('/nl', 'en-GB')).toBe('Stel je vraag');
  expect(await page('/en', 'nl')).toBe('Ask your question');
  await app.close();
});
