import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from './build-app.ts';

describe('the built page', () => {
  let out: string;
  let html: string;
  let my: string;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'loket-build-'));
    await buildApp(out);
    html = await readFile(join(out, 'index.html'), 'utf8');
    my = await readFile(join(out, 'my.html'), 'utf8');
  }, 60_000);
  afterAll(() => rm(out, { recursive: true, force: true }));

  it('has no inline script or style, which the content security policy refuses', () => {
    for (const page of [html, my]) expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:|data:/);
  });

  it('asks for nothing outside /workbench/', () => {
    for (const page of [html, my]) {
      const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
      expect(addresses.length).toBeGreaterThan(2);
      for (const address of addresses) expect(address).toMatch(/^\/workbench\/assets\//);
    }
  });

  it('stays light: what the first screen needs is at most 270 kB gzipped', async () => {
    for (const page of [html, my]) {
      const first = [...page.matchAll(/\/workbench\/(assets\/[^"]+\.js)"/g)].map(([, path]) => join(out, path ?? ''));
      const sizes = await Promise.all(first.map(async (path) => gzipSync(await readFile(path)).length));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(270_000);
    }
  });

  it('names what it loads by content, and leaves no other files', async () => {
    expect((await readdir(out)).sort()).toEqual(['assets', 'index.html', 'my.html']);
    for (const name of await readdir(join(out, 'assets'))) {
      expect(name).toMatch(/-[\w-]{8}\.(js|css|svg)$/);
      expect((await stat(join(out, 'assets', name))).size).toBeGreaterThan(0);
    }
  });
});
