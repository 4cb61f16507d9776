import { resolve } from 'node:path';
import { z } from 'zod';
import type { TopicChange } from '../jobs/import-topics.ts';
import { exportTopics } from '../jobs/topic-folder.ts';
import { type Command, register } from './command.ts';

const save: Command<{ folder: string }> = {
  name: 'topics export',
  arguments: '<folder>',
  summary: 'write each topic with its examples into a YAML file, for git',
  example: 'molva topics export topics',
  args: z.object({ folder: z.string() }),
  // The server has another working folder than the person.
  read: ([folder]) => ({ folder: resolve(String(folder)) }),
  run: async ({ jobs }, { folder }, out) => {
    const { written, same, others } = await exportTopics(jobs.db, folder);
    for (const file of others) out.message(`${file}: its topic is not in the store; the file was left alone`);
    out.data(
      { written, same, others },
      `${written.length} files written to ${folder}, ${same} said the same`,
    );
    return 0;
  },
};

interface ImportArgs {
  folder: string;
  dryRun: boolean;
  anyway: boolean;
}

const WORDS: Record<TopicChange['kind'], string> = { new: 'new topic', changed: 'changed', same: 'the same' };

const load: Command<ImportArgs> = {
  name: 'topics import',
  arguments: '<folder>',
  options: [
    ['--dry-run', 'only say what would change'],
    ['--anyway', 'also when examples fail'],
  ],
  summary: 'make topics as the YAML files of a folder say; deletes nothing, all or none',
  example: 'molva topics import topics --dry-run',
  args: z.object({ folder: z.string(), dryRun: z.boolean(), anyway: z.boolean() }),
  read: ([folder], options) => ({
    folder: resolve(String(folder)),
    dryRun: options.dryRun === true,
    anyway: options.anyway === true,
  }),
  run: async ({ jobs }, { folder, dryRun, anyway }, out) => {
    const { importTopics } = await import('../jobs/import-topics.ts');
    const changes = await importTopics(jobs, folder, { dryRun, anyway, actor: 'cli' });
    for (const change of changes.filter(({ kind, lines }) => kind !== 'same' || lines.length > 0))
      out.data(
        change,
        [`${change.key}: ${WORDS[change.kind]}`, ...change.lines.map((line) => `  ${line}`)].join('\n'),
      );
    const count = (kind: TopicChange['kind']): number => changes.filter((one) => one.kind === kind).length;
    const counts = { added: count('new'), changed: count('changed'), same: count('same') };
    out.data(
      { ...counts, dryRun },
      `${counts.added} added, ${counts.changed} changed, ${counts.same} the same${dryRun ? ' (dry run: nothing was done)' : ''}`,
    );
    return 0;
  },
};

export const topicFileCommands = [register(save), register(load)];
