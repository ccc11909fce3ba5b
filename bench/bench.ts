/** `npm run -s bench -- NAME [--json] [--quick] [--redis] [--data FOLDER]`: runs one benchmark and prints its figures. */
import { parseArgs } from 'node:util';
import { stopEverything } from './parts/children.ts';
import { type BenchOptions, type BenchReport, tableOf } from './parts/report.ts';

/** Each benchmark is a file beside this one. */
const BENCHES: Readonly<Record<string, () => Promise<{ readonly run: (options: BenchOptions) => Promise<BenchReport> }>>> = {
  intake: () => import('./intake.ts'),
  intents: () => import('./intents.ts'),
  claims: () => import('./claims.ts'),
  scale: () => import('./scale.ts'),
  teams: () => import('./teams.ts'),
  email: () => import('./email.ts'),
  'mail-text': () => import('./mail-text.ts'),
};

const USAGE = `usage: npm run -s bench -- NAME [--json] [--quick] [--redis] [--data FOLDER]
  NAME     ${Object.keys(BENCHES).join(', ')}
  --json   one JSON document on stdout, and nothing else
  --quick  smaller sizes and shorter rounds: to see that it works, not to quote
  --redis  the queues in a Redis of its own, in place of PostgreSQL
  --data   for intents: a folder with train.jsonl and test.jsonl, in place of the catalogue and its held-out questions;
           for mail-text: a folder with checkouts of the projects whose mails are read`;

/** @returns the process's exit code */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      redis: { type: 'boolean' },
      data: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [name = ''] = positionals;
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) {
    console.error(name ? `There is no benchmark "${name}".\n${USAGE}` : USAGE);
    return values.help ? 0 : 2;
  }
  const { run } = await bench();
  const { quick = false, redis = false, data = null } = values;
  const report = await run({ quick, redis, data, say: (line) => console.error(line) });
  console.log(values.json ? JSON.stringify(report) : tableOf(report));
  return 0;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    void stopEverything().finally(() => process.exit(130));
  });

// Whoever reads the output may go away (`| head`); that must not end the process before it has stopped what it started.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.once('uncaughtException', (error) => {
  console.error(error);
  void stopEverything().finally(() => process.exit(1));
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await stopEverything();
}
