// Every command waits for what is imported here: parts are imported by the functions that need them.
import { Command, CommanderError, Option } from 'commander';
import type { LoadedConfig } from '../config/load.ts';
import type { MatchFiles } from './app/match-command.ts';
import { APP_ROLES, type AppRole } from './app/roles.ts';
import type { ExitCode, Output, RegisteredCommand } from './commands/command.ts';
import { commandsOf, nouns } from './commands/registry.ts';
import { ConfigError, InputError } from './lib/errors.ts';
import { VERSION } from './lib/version.ts';

interface GlobalOptions {
  config: string;
  data?: string;
  json?: boolean;
}

type OnExit = (code: ExitCode) => void;

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

async function load(options: GlobalOptions): Promise<LoadedConfig> {
  const { loadConfig } = await import('../config/load.ts');
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
  const { runServer } = await import('./app/run-server.ts');
  return runServer(await load(options), roles, stopRequested(), say);
}

async function demo(options: GlobalOptions, port: number, once: boolean): Promise<ExitCode> {
  const { runDemo } = await import('../demo/run.ts');
  return runDemo({ folder: options.data ?? 'demo-data', port, once, say, stopped: stopRequested() });
}

async function doctor(options: GlobalOptions): Promise<ExitCode> {
  const { runDoctor } = await import('./app/doctor.ts');
  return runDoctor(() => load(options), process.env, outputFor(options));
}

function addConfigCommands(program: Command, onExit: OnExit): void {
  const config = program.command('config').description('the configuration');
  const options = (): GlobalOptions => program.opts<GlobalOptions>();
  const out = (): Output => outputFor(options());
  const loadCommands = () => import('./app/config-command.ts');
  config
    .command('check')
    .description('find every mistake in the file')
    .action(async () =>
      onExit(await (await loadCommands()).configCheck(await load(options()), options().config, out())),
    );
  config
    .command('print')
    .description('show what is in force, without secrets')
    .action(async () => onExit((await loadCommands()).configPrint(await load(options()), out())));
  config
    .command('schema')
    .description('print the JSON Schema of the file, for editors')
    .action(async () => onExit((await loadCommands()).configSchemaOf(out())));
}

function addApiCommands(program: Command, onExit: OnExit): void {
  const api = program.command('api').description('what other programs may ask');
  const options = (): GlobalOptions => program.opts<GlobalOptions>();
  api
    .command('schema')
    .description('print the OpenAPI document of the API, for generators of clients')
    .action(async () => {
      const { printApi } = await import('./app/api-command.ts');
      onExit(printApi(await load(options()), outputFor(options())));
    });
}

/** `crawl run` becomes the command `run` of the command `crawl`. */
function addStoreCommand(
  program: Command,
  parent: Command,
  command: RegisteredCommand,
  onExit: OnExit,
): void {
  const verb = command.name.split(' ').at(-1);
  const added = parent
    .command(`${verb}${command.arguments ? ` ${command.arguments}` : ''}`)
    .description(command.summary);
  for (const [flags, help] of command.options ?? []) added.option(flags, help);
  added.addHelpText('after', `\nExample:\n  ${command.example}`);
  added.action(async (...given: unknown[]) => {
    const positional = given.slice(0, -2) as (string | string[] | undefined)[];
    const args = command.read(positional, added.opts());
    const options = program.opts<GlobalOptions>();
    const { runOnStore } = await import('./app/run-command.ts');
    onExit(await runOnStore(await load(options), command, args, outputFor(options)));
  });
}

/** The commands of the nouns that were said; of the others only what the help shows. */
async function addStoreCommands(program: Command, argv: readonly string[], onExit: OnExit): Promise<void> {
  for (const noun of nouns) {
    const commands = argv.includes(noun.name) ? await commandsOf(noun) : [];
    const isWhole = commands.some((command) => command.name === noun.name);
    const parent = isWhole ? program : program.command(noun.name).description(noun.summary);
    for (const command of commands) addStoreCommand(program, parent, command, onExit);
  }
}

async function buildProgram(argv: readonly string[], onExit: OnExit): Promise<Command> {
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
    .action(async ({ port, once }: { port: string; once?: boolean }) =>
      onExit(await demo(options(), Number(port), once ?? false)),
    );
  program
    .command('doctor')
    .description('look for what is wrong and say what to do')
    .action(async () => onExit(await doctor(options())));
  program
    .command('tag')
    .description('understand posts: one JSON object a line in, one a line out')
    .requiredOption('--jsonl', 'read {id, text, lang?, targets?: [{name, start, end}]} from standard input')
    .addHelpText('after', '\nExample:\n  molva tag --jsonl < posts.jsonl > tags.jsonl')
    .action(async () => {
      const { tagLines } = await import('./app/tag-command.ts');
      onExit(await tagLines(process.stdin, process.stdout));
    });
  program
    .command('match')
    .description('find the customers behind posts, from files')
    .requiredOption(
      '--customers <file>',
      'JSON lines: customer_id, full_name, emails, phones, handles, orders, city …',
    )
    .requiredOption(
      '--mentions <file>',
      'JSON lines in order of time: mention_id, platform, author_id, text …',
    )
    .option('--reviews <file>', 'JSON lines of what people decided: at, author_id, customer_id, verdict')
    .requiredOption('--out <file>', 'where to write who it may be, how likely, and why')
    .addHelpText(
      'after',
      '\nExample:\n  molva match --customers customers.jsonl --mentions mentions.jsonl.gz --out predictions.jsonl',
    )
    .action(async (files: MatchFiles) => {
      const { matchFiles } = await import('./app/match-command.ts');
      onExit(await matchFiles(files, say));
    });
  addConfigCommands(program, onExit);
  addApiCommands(program, onExit);
  await addStoreCommands(program, argv, onExit);
  return program;
}

function isDiskFull(error: unknown): boolean {
  return /ENOSPC|No space left on device/i.test(String(error));
}

/** Whoever reads our answer may have read enough (`molva source list | head`). */
function endWithTheReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

/** Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong usage, 3 done in part. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  process.stdout.on('error', endWithTheReader);
  const program = await buildProgram(argv, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ConfigError || error instanceof InputError) say(error.message);
    else if (isDiskFull(error))
      say('The disk is full. Make room in the data folder and start again: what was stored is kept.');
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}
