import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Config } from '../config.ts';
import { readRoles } from '../roles.ts';
import { type RunningDesk, startDesk } from '../start.ts';

/** By then what the start set in motion has come to rest. */
const SETTLED_MS = 5_000;

/** `loket start`: runs the desk until Ctrl-C or SIGTERM, and says what a newcomer needs to know. */
export async function start(config: Config, options: { readonly roles?: string } = {}): Promise<void> {
  const desk = await startDesk(config, readRoles(options.roles, config), {
    listening: (url) => console.log(`Loket is starting on ${url}`),
  });
  console.log(welcome(desk, config));
  setTimeout(giveBackMemory, SETTLED_MS).unref();
  await stopSignal();
  console.log('\nStopping ...');
  const forced = setTimeout(() => {
    console.error('Stopping took too long; ended as it was. Nothing that was acknowledged is lost.');
    process.exit(1);
  }, 20_000);
  await desk.stop();
  clearTimeout(forced);
  console.log('Stopped.');
}

/** The garbage of the start (the catalogue's texts, the training, the pages) would stay for hours where there is little to do: some 50 MB. */
function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function welcome({ url, administratorLink, notes, seconds }: RunningDesk, config: Config): string {
  const link = administratorLink
    ? [
        `  Sign in         ${administratorLink}`,
        '                  (one use, 15 minutes; signs you in as administrator. A new one: npx loket sign-in YOU@EXAMPLE.ORG --role admin)',
      ]
    : ['  Sign in         npx loket sign-in ADDRESS --role worker --team facilities   (or --role admin)'];
  return [
    `Ready in ${seconds.ready.toFixed(1)} s.`,
    '',
    `  Chat            ${url}/`,
    `  Workbench       ${url}/workbench/`,
    ...link,
    '',
    ...switchedOff(config).map(([what, how]) => `  ${what.padEnd(16)}off; ${how}`),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `  Note: ${note}`)] : []),
    '',
    'Ctrl-C stops it; starting again finds everything as it was.',
  ].join('\n');
}

/** What can be switched on, and how. */
function switchedOff(config: Config): [what: string, how: string][] {
  return [
    ...(config.redisUrl ? [] : [['Redis', 'the queues are in PostgreSQL. REDIS_URL=redis://... moves them'] satisfies [string, string]]),
    ...(config.chatKey
      ? []
      : [
          [
            'Known visitors',
            'everybody in the chat is asked for name and address. LOKET_CHAT_KEY lets the intranet vouch for them',
          ] satisfies [string, string],
        ]),
    ...(config.mail.mailboxes.length > 0
      ? []
      : [['Email', 'docs/email.md leads to it; npm run mail:try shows it without an account'] satisfies [string, string]]),
    ...(config.teams.kind === 'off'
      ? [['Teams', 'docs/teams.md leads to it; npm run teams:try shows it without an account'] satisfies [string, string]]
      : []),
    ...(config.llm
      ? []
      : [['LLM', 'the local classifier decides; LLM_URL lets a language model help where it is unsure'] satisfies [string, string]]),
    ...(config.oidc
      ? []
      : [['Single sign-on', 'one-time links sign people in; OIDC_ISSUER lets the organisation do so'] satisfies [string, string]]),
  ];
}
