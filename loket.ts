#!/usr/bin/env -S node --max-semi-space-size=4
/**
 * The command line. Each command is a file in `main/commands/`; `main/start.ts` is the composition root, which opens the parts and wires them.
 */
import { Command, CommanderError } from 'commander';
import { PackageRefused } from './channels/teams/index.ts';
import { ROLES } from './domain/index.ts';
import { ask } from './main/commands/ask.ts';
import { catalogueCheck } from './main/commands/catalogue-check.ts';
import { catalogueExport } from './main/commands/catalogue-export.ts';
import { catalogueImport } from './main/commands/catalogue-import.ts';
import { doctor } from './main/commands/doctor.ts';
import { evaluate } from './main/commands/evaluate.ts';
import { learningAccept, learningList, learningReject } from './main/commands/learning.ts';
import { mail } from './main/commands/mail.ts';
import { mailboxesBackfill, mailboxesList } from './main/commands/mailboxes.ts';
import { modelsCompare, modelsList, modelsRollBack } from './main/commands/models.ts';
import { organisationImport } from './main/commands/organisation-import.ts';
import { reconcile } from './main/commands/reconcile.ts';
import { signIn } from './main/commands/sign-in.ts';
import { start } from './main/commands/start.ts';
import { teamsPackageCommand } from './main/commands/teams-package.ts';
import { tokenCreate, tokenList, tokenRevoke } from './main/commands/token.ts';
import { ConfigError, readConfig } from './main/config.ts';

const JSON_OPTION = ['--json', 'print JSON instead of text'] as const;

const program = new Command('loket').description('An omnichannel service desk bot.').exitOverride().showHelpAfterError();
program
  .command('start')
  .description('run the desk: web chat, workbench and queues on one port')
  .option('--roles <roles>', 'do only this: some of web, email, teams and jobs, separated by commas; several processes then share the work')
  .action((options) => start(readConfig(), options));
program
  .command('sign-in')
  .argument('<address>', 'email address of the person')
  .description('make a one-time link that signs somebody in to the workbench')
  .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`)
  .option('--team <team>', 'a team whose queue they work')
  .option('--name <name>', 'how colleagues know them')
  .option('--directory-id <id>', 'their object id in Microsoft Entra: signs them in to the workbench in Teams')
  .option(...JSON_OPTION)
  .action((address, options) => signIn(readConfig(), address, options));
program
  .command('ask')
  .argument('[text]', 'what somebody might ask')
  .description('show what the desk makes of a text, and why')
  .option('--file <lines>', 'a file with one text a line; blank lines are passed over')
  .option(...JSON_OPTION)
  .action((text, options) => ask(readConfig(), text, options));
program
  .command('evaluate')
  .argument('<test>', 'a file of rows {"text", "product" or null, "kind"?, "lang"?}, one JSON object a line')
  .description('measure the classifier on rows that it has not seen')
  .option('--train <file>', 'learn from this file of such rows alone, in place of the catalogue')
  .option(...JSON_OPTION)
  .action((test, options) => evaluate(readConfig(), test, options));
program
  .command('mail')
  .argument('<files...>', 'mails as files, e.g. saved as .eml')
  .description('show what intake makes of a mail')
  .option(...JSON_OPTION)
  .action((files, options) => mail(files, options));
const mailboxes = program.command('mailboxes').description("the desk's mailboxes");
mailboxes
  .command('list')
  .description('how far each was read, and what is wrong with it')
  .option(...JSON_OPTION)
  .action((options) => mailboxesList(readConfig(), options));
mailboxes
  .command('backfill')
  .argument('<mailbox>', 'its name or address')
  .description('take in what was in a mailbox before the desk began with it')
  .action((name) => mailboxesBackfill(readConfig(), name));
program
  .command('doctor')
  .description('test each configured part and say what to mend')
  .option(...JSON_OPTION)
  .action((options) => doctor(readConfig, options));
program
  .command('reconcile')
  .description('make the queues what the register says, now')
  .option(...JSON_OPTION)
  .action((options) => reconcile(readConfig(), options));
const learning = program.command('learning').description('what workers corrected, for the desk to learn from');
learning
  .command('list')
  .description('corrections that wait for a decision, or were decided')
  .option('--state <state>', 'proposed, accepted or rejected', 'proposed')
  .option(...JSON_OPTION)
  .action((options) => learningList(readConfig(), options));
learning
  .command('accept')
  .argument('<example>', 'its id, or the beginning of it')
  .description('let the desk learn a correction, as it is or as you say it')
  .option('--text <text>', 'what somebody asked, in other words')
  .option('--product <product>', 'what it is about; "-" when no product fits')
  .option('--kind <kind>', 'what kind of question it is')
  .option(...JSON_OPTION)
  .action((example, options) => learningAccept(readConfig(), example, options));
learning
  .command('reject')
  .argument('<example>', 'its id, or the beginning of it')
  .description('let the desk not learn it, also when it was accepted before')
  .option(...JSON_OPTION)
  .action((example, options) => learningReject(readConfig(), example, options));
const models = program.command('models').description('the versions of the classifier');
models
  .command('list')
  .description('which decides, what each learned and reached, and why one did not go live')
  .option(...JSON_OPTION)
  .action((options) => modelsList(readConfig(), options));
models
  .command('compare')
  .argument('<one>', 'a number or an id')
  .argument('[other]', 'the same; without it the one in force')
  .description('learn two versions without a part of the questions, and ask both these')
  .option(...JSON_OPTION)
  .action((one, other, options) => modelsCompare(readConfig(), one, other, options));
models
  .command('roll-back')
  .argument('<model>', 'a number or an id')
  .description('let an earlier model of this catalogue decide again, in all processes')
  .option('--reason <text>', 'why, for whoever looks later')
  .option(...JSON_OPTION)
  .action((model, options) => modelsRollBack(readConfig(), model, options));
const catalogue = program.command('catalogue').description('the catalogue of products and services');
catalogue
  .command('check')
  .description('name every mistake in its files, with file and line')
  .option(...JSON_OPTION)
  .action((options) => catalogueCheck(readConfig(), options));
catalogue
  .command('export')
  .argument('<folder>', 'where the sheets are written')
  .description('write its products as sheets for a spreadsheet program')
  .option('--format <format>', 'csv', 'csv')
  .option(...JSON_OPTION)
  .action((folder, options) => catalogueExport(readConfig(), folder, options));
catalogue
  .command('import')
  .argument('[from]', 'a sheet, a folder of sheets, or a folder of YAML files; without it the files of LOKET_CATALOGUE')
  .description('bring sheets into the YAML files, and these into force')
  .option('--force', 'also over a version that the files were not made from')
  .option(...JSON_OPTION)
  .action((from, options) => catalogueImport(readConfig(), from, options));
program
  .command('organisation')
  .description("the organisation's long lists")
  .command('import')
  .argument('<list>', 'people or budgets')
  .argument('<file>', 'the whole list, as csv')
  .description('bring a list into the register, and say what changed')
  .option('--force', 'also when most of what is known would end')
  .option(...JSON_OPTION)
  .action((list, file, options) => organisationImport(readConfig(), list, file, options));
program
  .command('teams')
  .description('Microsoft Teams')
  .command('package')
  .description('write the app package that an administrator uploads to Teams')
  .option('--out <file>', 'where it is written', 'loket-teams.zip')
  .option('--app-version <version>', 'three numbers; higher at each upload', '1.0.0')
  .option('--name <name>', 'what people see in Teams, 30 characters at most; else Servicedesk, or Service desk in English')
  .option('--developer <name>', "who made it, 32 characters at most; else the organisation's name")
  .option('--privacy <url>', "the organisation's privacy statement; else the desk's page")
  .option('--terms <url>', "the organisation's terms of use; else the desk's page")
  .option(...JSON_OPTION)
  .action((options) => teamsPackageCommand(readConfig(), options));
const token = program.command('token').description('tokens of the API, for other systems');
token
  .command('create')
  .argument('<name>', 'what it is for')
  .requiredOption('--scopes <scopes>', 'what it may do, separated by commas')
  .option('--days <days>', 'how long it works', '365')
  .option(...JSON_OPTION)
  .description('make a token; its secret is shown once')
  .action((name, options) => tokenCreate(readConfig(), name, options));
token
  .command('list')
  .description('which there are, what they may do, and when they were last used')
  .option(...JSON_OPTION)
  .action((options) => tokenList(readConfig(), options));
token
  .command('revoke')
  .argument('<token>', 'its id')
  .description('withdraw a token, at once')
  .action((id) => tokenRevoke(readConfig(), id));

try {
  await program.parseAsync();
} catch (error) {
  // Help and usage are printed already; everything else is one clear line, without a stack that says nothing to an administrator.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const lines =
      error instanceof ConfigError || error instanceof PackageRefused
        ? error.problems
        : [error instanceof Error ? error.message : String(error)];
    for (const line of lines) console.error(`loket: ${line}`);
    if (process.env.LOKET_LOG === 'debug') console.error(error);
    process.exitCode = 1;
  }
}
