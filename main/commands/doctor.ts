import { loadCatalogue } from '../../catalogue/index.ts';
import { type Config, ConfigError } from '../config.ts';
import { CHECKS } from '../doctor/checks.ts';
import type { Finding } from '../doctor/finding.ts';

/**
 * `loket doctor`: tests each configured part and says what to mend. Exit code 1 when something is wrong.
 * @param read the settings; when they are wrong that is all there is to say
 */
export async function doctor(read: () => Config, options: { readonly json?: boolean }): Promise<void> {
  const findings = await examine(read);
  const ok = findings.every((finding) => finding.ok);
  if (options.json) console.log(JSON.stringify({ ok, findings }));
  else {
    const width = Math.max(...findings.map(({ part }) => part.length));
    for (const finding of findings) console.log(`${finding.ok ? 'ok  ' : 'MEND'}  ${finding.part.padEnd(width)}  ${finding.says}`);
  }
  if (!ok) process.exitCode = 1;
}

async function examine(read: () => Config): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((says) => ({ part: 'settings', ok: false, says }));
  }
  const patient = { config, files: await loadCatalogue(config.catalogueFolder) };
  const findings: Finding[] = [];
  // One after the other: the embedded database is started and stopped by its own check.
  for (const check of CHECKS) findings.push(...(await check(patient)));
  return findings;
}
