import { Command, CommanderError, Option } from 'commander';
import { stringify } from 'yaml';
import { z } from 'zod';
import { loadConfig, redactConfig } from '../config/load.ts';
import { configSchema } from '../config/schema.ts';
import { checkConfig } from './app/check.ts';
import { runCommand, sendControl } from './app/control.ts';
import { VERSION } from './app/crawling.ts';
import { openParts } from './app/deps.ts';
import { examine } from './app/doctor.ts';
import { APP_ROLES, type AppRole, startApp } from './app/start.ts';
import type { ExitCode, Output, RegisteredCommand } from './commands/command.ts';
import { commands } from './commands/registry.ts';
import { ConfigError } from './lib/errors.ts';
import { createLog } from './lib/log.ts';
import { folderHolder } from './store/lock.ts';

interface GlobalOptions {
  config: string;
  data?: string;
  json?: boolean;
}

const ABANDON_MS = 6000;
const DEFAULT_CONFIG = 'config/app.yaml';

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function outputFor(options: GlobalOptions): Output {
  return {
    data: (value, text) =>
      void process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : text === '' ? '' : `${text}\n`),
    message: say,
  };
}

function load(options: GlobalOptions) {
  const env = options.data ? { ...process.env, MOLVA__STORE__FOLDER: options.data } : process.env;
  return loadConfig(options.config, env);
}

/** Resolves when the person or the system asks us to stop; a second time ends at once. */
function stopRequested(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve(signal);
      });
    }
  });
}

async function start(options: GlobalOptions, roles: AppRole[]): Promise<ExitCode> {
  const loaded = load(options);
  const log = createLog(loaded.config.log.level);
  const stopped = stopRequested();
  const app = await startApp(loaded, process.env, log, roles);
  if (app.url) say(`\nMolva ${VERSION} is at ${app.url}`);
  else say(`\nMolva ${VERSION} works without a dashboard (role ${roles.join(', ')})`);
  if (app.setupUrl) say(`Set the first administrator's password, once, within a day:\n  ${app.setupUrl}\n`);
  const failure = await Promise.race([stopped, app.parts.jobs.db.failure]);
  if (failure instanceof Error) {
    say(`\n${failure.message}`);
    // An orderly end would wait for the database, which is gone; Meilisearch must not be left behind.
    setTimeout(() => process.exit(1), ABANDON_MS);
    await app.parts.searching.close();
    process.exit(1);
  }
  say('Stopping …');
  await app.stop();
  return 0;
}

async function doctor(options: GlobalOptions): Promise<ExitCode> {
  const out = outputFor(options);
  const findings = await examine(() => load(options), process.env);
  const marks = { ok: '✓', warning: '!', error: '✗' };
  for (const finding of findings)
    out.data(finding, `${marks[finding.state]} ${finding.name}: ${finding.message}`);
  return findings.some((finding) => finding.state === 'error') ? 1 : 0;
}

function configCheck(options: GlobalOptions): ExitCode {
  const loaded = load(options);
  checkConfig(loaded);
  const { sources, topics, digests, crm } = loaded.config;
  outputFor(options).data(
    { ok: true },
    `${options.config}: ${sources.length} sources, ${topics.length} topics, ${digests.length} digests, ${crm.length} CRM endpoints`,
  );
  return 0;
}

function configPrint(options: GlobalOptions): ExitCode {
  const shown = redactConfig(load(options).config);
  outputFor(options).data(shown, stringify(shown).trimEnd());
  return 0;
}

/** For editors: `# yaml-language-server: $schema=./app.schema.json` as the file's first line. */
function configSchemaOf(options: GlobalOptions): ExitCode {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  outputFor(options).data(schema, JSON.stringify(schema, null, 2));
  return 0;
}

/** In the running server when there is one, otherwise here. */
async function runOnStore(
  command: RegisteredCommand,
  args: unknown,
  options: GlobalOptions,
): Promise<ExitCode> {
  const loaded = load(options);
  const { folder, database_url: url } = loaded.config.store;
  const out = outputFor(options);
  if (!url && folderHolder(folder)) return sendControl(folder, command.name, args, out);
  const parts = await openParts(loaded, process.env, createLog('warn'), false);
  try {
    return await runCommand(command, { ...parts, inServer: false }, args, out);
  } finally {
    await parts.close();
  }
}

/** `crawl run` becomes the command `run` of the command `crawl`. */
function addStoreCommand(
  program: Command,
  command: RegisteredCommand,
  onExit: (code: ExitCode) => void,
): void {
  const [noun = '', verb] = command.name.split(' ');
  const parent =
    verb === undefined
      ? program
      : (program.commands.find((c) => c.name() === noun) ??
        program.command(noun).description(`${noun} commands`));
  const added = parent
    .command(`${verb ?? noun}${command.arguments ? ` ${command.arguments}` : ''}`)
    .description(command.summary);
  for (const [flags, help] of command.options ?? []) added.option(flags, help);
  added.addHelpText('after', `\nExample:\n  ${command.example}`);
  added.action(async (...given: unknown[]) => {
    const positional = given.slice(0, -2) as (string | string[] | undefined)[];
    const args = command.read(positional, added.opts());
    onExit(await runOnStore(command, args, program.opts<GlobalOptions>()));
  });
}

function buildProgram(onExit: (code: ExitCode) => void): Command {
  const program = new Command('molva')
    .description('Listens to blogs, forums and feeds for what is said about your brand.')
    .version(VERSION);
  program.option('--config <file>', 'configuration file', process.env.MOLVA_CONFIG ?? DEFAULT_CONFIG);
  program.option('--data <folder>', 'folder of the embedded database (store.folder)');
  program.option('--json', 'one JSON object a line on stdout');
  program.exitOverride();
  const options = (): GlobalOptions => program.opts<GlobalOptions>();
  program
    .command('start')
    .description('run the server: crawl, understand, deliver, and the dashboard')
    .addOption(new Option('--role <roles...>', 'only these roles').choices(APP_ROLES).default([...APP_ROLES]))
    .action(async ({ role }: { role: AppRole[] }) => onExit(await start(options(), role)));
  program
    .command('demo')
    .description('show the whole story with a built-in sample world on an empty folder')
    .option('--port <port>', 'port of the dashboard', '8080')
    .option('--once', 'end when the story has been told')
    .action(async ({ port, once }: { port: string; once?: boolean }) => {
      const { runDemo } = await import('../demo/run.ts');
      onExit(
        await runDemo({
          folder: options().data ?? 'demo-data',
          port: Number(port),
          once: once ?? false,
          say,
          stopped: stopRequested(),
        }),
      );
    });
  program
    .command('doctor')
    .description('look for what is wrong and say what to do')
    .action(async () => onExit(await doctor(options())));
  const config = program.command('config').description('the configuration');
  config
    .command('check')
    .description('find every mistake in the file')
    .action(() => onExit(configCheck(options())));
  config
    .command('print')
    .description('show what is in force, without secrets')
    .action(() => onExit(configPrint(options())));
  config
    .command('schema')
    .description('print the JSON Schema of the file, for editors')
    .action(() => onExit(configSchemaOf(options())));
  for (const command of commands) addStoreCommand(program, command, onExit);
  return program;
}

function isDiskFull(error: unknown): boolean {
  return /ENOSPC|No space left on device/i.test(String(error));
}

/** Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong usage, 3 done in part. */
/** Whoever reads our answer may have read enough (`molva source list | head`). */
function endWithTheReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

export async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  process.stdout.on('error', endWithTheReader);
  const program = buildProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ConfigError) say(error.message);
    else if (isDiskFull(error))
      say('The disk is full. Make room in the data folder and start again: what was stored is kept.');
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}
