import { resolve } from 'node:path';
import { z } from 'zod';
import { type Command, register } from './command.ts';

const customers: Command<{ file: string }> = {
  name: 'import customers',
  arguments: '<file>',
  summary: 'add or update customers from a CSV or JSONL file',
  example: 'molva import customers customers.csv',
  args: z.object({ file: z.string() }),
  // The server has another working folder than the person.
  read: ([file]) => ({ file: resolve(String(file)) }),
  run: async ({ jobs }, { file }, out) => {
    const { importCustomers } = await import('../jobs/import-customers.ts');
    const { created, updated, issues } = await importCustomers(jobs, file, 'cli');
    for (const issue of issues) out.message(`${issue.at}: ${issue.message}`);
    out.data(
      { created, updated, issues },
      `${created} added, ${updated} updated, ${issues.length} lines with mistakes`,
    );
    if (issues.length === 0) return 0;
    return created + updated > 0 ? 3 : 1;
  },
};

export const commands = [register(customers)];
