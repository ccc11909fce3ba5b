#!/usr/bin/env node
/**
 * The command line. Each command is a file in `main/commands/`; `main/start.ts` is the composition root, which opens the parts and wires them.
 */
import { Command, CommanderError } from 'commander';
import { ask } from './main/commands/ask.ts';
import { catalogueCheck } from './main/commands/catalogue-check.ts';
import { doctor } from './main/commands/doctor.ts';
import { reconcile } from './main/commands/reconcile.ts';
import { signIn } from './main/commands/sign-in.ts';
import { start } from './main/commands/start.ts';
import { ConfigError, readConfig } from './main/config.ts';

const JSON_OPTION = ['--json', 'print JSON instead of text'] as const;

const program = new Command('loket').description('An omnichannel service desk bot.').exitOverride().showHelpAfterError();
program
  .command('start')
  .description('run the desk: web chat, workbench and queues on one port')
  .action(() => start(readConfig()));
program
  .command('sign-in')
  .argument('<address>', 'email address of the person')
  .description('make a one-time link that signs somebody in to the workbench')
  .requiredOption('--role <role>', 'worker or admin')
  .option('--team <team>', 'a team whose queue they work')
  .option('--name <name>', 'how colleagues know them')
  .option(...JSON_OPTION)
  .action((address, options) => signIn(readConfig(), address, options));
program
  .command('ask')
  .argument('[text]', 'what somebody might ask')
  .description('show what the desk makes of a text, and why')
  .option('--file <lines>', 'a file with one text a line')
  .option(...JSON_OPTION)
  .action((text, options) => ask(readConfig(), text, options));
program
  .command('doctor')
  .description('test each configured part and say what to mend')
  .option(...JSON_OPTION)
  .action((options) => doctor(readConfig(), options));
program
  .command('reconcile')
  .description('make the queues what the register says, now')
  .option(...JSON_OPTION)
  .action((options) => reconcile(readConfig(), options));
program
  .command('catalogue')
  .description('the catalogue of products and services')
  .command('check')
  .description('name every mistake in its files, with file and line')
  .option(...JSON_OPTION)
  .action((options) => catalogueCheck(readConfig(), options));

try {
  await program.parseAsync();
} catch (error) {
  // Help and usage are printed already; everything else is one clear line, without a stack that says nothing to an administrator.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const lines = error instanceof ConfigError ? error.problems : [error instanceof Error ? error.message : String(error)];
    for (const line of lines) console.error(`loket: ${line}`);
    if (process.env.LOKET_LOG === 'debug') console.error(error);
    process.exitCode = 1;
  }
}
