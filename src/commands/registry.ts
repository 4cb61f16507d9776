import { backupCommands } from './backup.ts';
import type { RegisteredCommand } from './command.ts';
import { crawlCommands } from './crawl.ts';
import { digestCommands } from './digest.ts';
import { importCommands } from './import.ts';
import { recallCommands } from './recall.ts';
import { rulesCommands } from './rules.ts';
import { searchCommands } from './search.ts';
import { sourceCommands } from './source.ts';
import { topicsCommands } from './topics.ts';
import { usersCommands } from './users.ts';
import { webhookCommands } from './webhook.ts';

/** Commands that work on the store. `start`, `demo`, `doctor` and `config` stand in `src/app`: they work before there is one. */
export const commands: readonly RegisteredCommand[] = [
  ...crawlCommands,
  ...sourceCommands,
  ...searchCommands,
  ...topicsCommands,
  ...recallCommands,
  ...rulesCommands,
  ...importCommands,
  ...digestCommands,
  ...webhookCommands,
  ...usersCommands,
  ...backupCommands,
];
