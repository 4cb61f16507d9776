import type { z } from 'zod';
import type { JobDeps } from '../jobs/deps.ts';
import type { DiscoverDeps } from '../jobs/discovery-search.ts';
import type { ManageSourcesDeps } from '../jobs/manage-sources.ts';
import type { Search } from '../search/search.ts';

/** 0 done; 1 failed; 2 wrong usage; 3 done in part. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Output {
  /** The command's result: stdout; `text` for people, `value` with --json. */
  data(value: unknown, text: string): void;
  /** Progress and remarks: stderr. */
  message(text: string): void;
}

export interface CommandDeps {
  jobs: JobDeps;
  discovery: DiscoverDeps;
  manage: ManageSourcesDeps;
  search: Search;
  /** True when a running server carries the command out: its workers do the rest. */
  inServer: boolean;
}

/** What the command line needs to know to offer it. */
interface Shape {
  /** `crawl run` */
  name: string;
  /** As commander writes them: `<source>`, `[file]`, `<words...>`. */
  arguments?: string;
  options?: readonly (readonly [flags: string, help: string])[];
  summary: string;
  example: string;
}

/** A command that works on the store. While a server runs on the same folder, it is carried out there. */
export interface Command<Args = unknown> extends Shape {
  args: z.ZodType<Args>;
  /** Turns what commander gives (positional arguments, options) into `args`; runs where the person is. */
  read(positional: readonly (string | string[] | undefined)[], options: Record<string, unknown>): unknown;
  /** Imports itself what only it needs (`await import`): the command line waits for all that a command's file imports. */
  run(deps: CommandDeps, args: Args, out: Output): Promise<ExitCode>;
}

/** A command whose arguments have not been checked. */
export interface RegisteredCommand extends Shape {
  read: Command['read'];
  run(deps: CommandDeps, args: unknown, out: Output): Promise<ExitCode>;
}

export function register<Args>(command: Command<Args>): RegisteredCommand {
  return { ...command, run: (deps, args, out) => command.run(deps, command.args.parse(args), out) };
}
