import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildWidget } from './build-widget.ts';

const LIMIT = 20 * 1024;

test('the widget is one script of at most 20 kB gzipped that brings its own style sheet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loket-widget-'));
  try {
    await buildWidget(folder);
    const script = await readFile(join(folder, 'widget.js'), 'utf8');
    expect(gzipSync(script).length).toBeLessThanOrEqual(LIMIT);
    expect(script).toContain('adoptedStyleSheets');
    expect(script).toContain('prefers-color-scheme');
    expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|\beval\(/);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
