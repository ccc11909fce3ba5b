import { execFile } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({ violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })) }),
});

/** As `npm run check:imports` does. */
async function cruise(): Promise<z.infer<typeof report>> {
  const args = [join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', '.'];
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, [...args, '--output-type', 'json'], { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) => {
      if (!stdout) reject(new Error(stderr));
      else resolve(report.parse(JSON.parse(stdout)));
    });
  });
}

function ownFiles(): string[] {
  const outside = /^(node_modules|data|dist|\.\w+)(\/|$)/;
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => !outside.test(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? readdirSync(join(ROOT, entry.name), { recursive: true }).map((name) => `${entry.name}/${name}`) : [entry.name],
    )
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('planted-'));
}

it('sees every file of ours, and they keep the rule', async () => {
  const { modules, summary } = await cruise();
  const seen = new Set(modules.map(({ source }) => source));
  const files = ownFiles();
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => !seen.has(file))).toEqual([]);
  expect(summary.violations.filter(({ from }) => !from.includes('planted-'))).toEqual([]);
});

it('sees what is planted against it, also an import of types alone', async () => {
  const planted = {
    'bot/planted-a.ts': "import { webChat } from '../channels/web/index.ts';\nexport const it = webChat;\n",
    'queue/planted-b.ts': "import type { Desk } from '../bot/index.ts';\nexport type It = Desk;\n",
    'workbench/planted-c.tsx': "export { Cases } from '../register/cases.ts';\nexport const it = <p>planted</p>;\n",
  };
  try {
    for (const [name, text] of Object.entries(planted)) writeFileSync(join(ROOT, name), text);
    const { summary } = await cruise();
    const found = summary.violations.filter(({ from }) => from in planted).map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'bot-imports: bot/planted-a.ts -> channels/web/index.ts',
        'queue-imports: queue/planted-b.ts -> bot/index.ts',
        'through-the-index: workbench/planted-c.tsx -> register/cases.ts',
      ]),
    );
  } finally {
    for (const name of Object.keys(planted)) rmSync(join(ROOT, name), { force: true });
  }
});
