import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { errorMessage, InputError } from '../lib/errors.ts';
import { FILE_KINDS } from '../match/import/fields.ts';
import { type Command, type CommandDeps, type ExitCode, type Output, register } from './command.ts';

const argsSchema = z.object({
  file: z.string(),
  /** What the file of the mapping says. */
  mapping: z.unknown().optional(),
  kind: z.enum(FILE_KINDS, { error: `is none of ${FILE_KINDS.join(', ')}` }).optional(),
  sheet: z.string().optional(),
  dryRun: z.boolean(),
});
type Args = z.infer<typeof argsSchema>;

function readMappingFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InputError([{ at: path, message: `is no mapping: ${errorMessage(error)}` }]);
  }
}

async function askOf({ file, mapping, kind, sheet }: Args) {
  const { parseMapping } = await import('../match/import/mapping.ts');
  return { path: file, kind, sheet, mapping: mapping === undefined ? undefined : parseMapping(mapping) };
}

async function plan({ jobs }: CommandDeps, args: Args, out: Output): Promise<ExitCode> {
  const { planImport } = await import('../jobs/customer-import/plan-import.ts');
  const { describeMistake } = await import('../match/import/mistakes.ts');
  const { name, counts, mapping, changes, mistakes } = await planImport(jobs, await askOf(args));
  for (const one of mistakes) out.message(`${name}:${one.line}: ${describeMistake(one, 'en')}`);
  const shown = changes.map(
    ({ line, externalId, isNew, changes: fields }) =>
      `${line}: ${externalId} ${isNew ? 'new' : 'changed'}: ${fields.map(({ field, before, after }) => `${field} ${before === '' ? '' : `${before} → `}${after}`).join(', ')}`,
  );
  const { created, updated, unchanged, leftOut, mistakes: wrong } = counts;
  const sum = `${created} would be added, ${updated} updated, ${unchanged} are as they are, ${leftOut} rows left out, ${wrong} mistakes`;
  const told = mistakes.map((one) => ({ ...one, message: describeMistake(one, 'en') }));
  out.data({ counts, mapping, changes, mistakes: told }, [...shown, sum].join('\n'));
  return exitCode(wrong, created + updated + unchanged);
}

const exitCode = (mistakes: number, good: number): ExitCode => (mistakes === 0 ? 0 : good > 0 ? 3 : 1);

async function save({ jobs }: CommandDeps, args: Args, out: Output): Promise<ExitCode> {
  const { importFile } = await import('../jobs/import-customers.ts');
  const summary = await importFile(jobs, await askOf(args), 'cli');
  const { created, updated, mistakes, issues } = summary;
  for (const { at, message } of issues) out.message(`${at}: ${message}`);
  if (mistakes > issues.length) out.message(`… and ${mistakes - issues.length} more`);
  out.data(summary, `${created} added, ${updated} updated, ${mistakes} mistakes`);
  return exitCode(mistakes, created + updated);
}

const customers: Command<Args> = {
  name: 'import customers',
  arguments: '<file>',
  options: [
    ['--dry-run', 'say what would change, and write nothing'],
    ['--kind <kind>', `what the rows are: ${FILE_KINDS.join(', ')}`],
    ['--mapping <file.json>', 'which column holds what: {"columns": {"Имя": "first_name", "Пол": null}}'],
    ['--sheet <name>', 'of a workbook; otherwise the first one'],
  ],
  summary: 'add or update customers, their purchases, contacts or consents, from CSV, JSONL, XLSX or vCard',
  example: 'molva import customers customers.xlsx --dry-run',
  args: argsSchema,
  // The server has another working folder than the person.
  read: ([file], { mapping, kind, sheet, dryRun }) => ({
    file: resolve(String(file)),
    mapping: mapping === undefined ? undefined : readMappingFile(resolve(String(mapping))),
    kind,
    sheet,
    dryRun: dryRun === true,
  }),
  run: (deps, args, out) => (args.dryRun ? plan(deps, args, out) : save(deps, args, out)),
};

export const commands = [register(customers)];
