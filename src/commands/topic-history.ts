import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { lineChanges } from '../lib/line-changes.ts';
import type { TopicVersion } from '../model/topic.ts';
import { listVersions } from '../store/topic-history.ts';
import { findTopicByKey } from '../store/topics.ts';
import { type Command, register } from './command.ts';

/** What a version changed; the first one is all new. */
function changesOf(version: TopicVersion, before: TopicVersion | undefined): string[] {
  if (!before) return [`name: ${version.name}`, ...version.query.split('\n').map((line) => `+ ${line}`)];
  return [
    ...(before.name === version.name ? [] : [`name: ${before.name} → ${version.name}`]),
    ...(before.enabled === version.enabled ? [] : [version.enabled ? 'off → on' : 'on → off']),
    ...(before.contextCheck === version.contextCheck
      ? []
      : [`context check: ${version.contextCheck ? 'off → on' : 'on → off'}`]),
    ...(before.about === version.about ? [] : [`about: ${before.about} → ${version.about}`]),
    ...lineChanges(before.query, version.query),
  ];
}

const history: Command<{ key: string }> = {
  name: 'topics history',
  arguments: '<key>',
  summary: 'every version of a topic: who saved it, when, what changed; the newest first',
  example: 'molva topics history romashka',
  args: z.object({ key: z.string() }),
  read: ([key]) => ({ key }),
  run: async ({ jobs }, { key }, out) => {
    const topic = await findTopicByKey(jobs.db, key);
    if (!topic) throw new InputError([{ at: key, message: 'there is no such topic' }]);
    const versions = await listVersions(jobs.db, topic.id);
    for (const [at, version] of versions.entries()) {
      const changes = changesOf(version, versions[at + 1]);
      const restored = version.restored === null ? '' : `, version ${version.restored} again`;
      out.data(
        { ...version, changes },
        [
          `${version.version}\t${version.savedAt.toISOString()}\t${version.savedBy}${restored}`,
          ...changes.map((line) => `  ${line}`),
        ].join('\n'),
      );
    }
    return 0;
  },
};

interface RollbackArgs {
  key: string;
  version: number;
  anyway: boolean;
}

const rollback: Command<RollbackArgs> = {
  name: 'topics rollback',
  arguments: '<key> <version>',
  options: [['--anyway', 'also when examples fail under it']],
  summary: 'bring an older version of a topic back, as a new version',
  example: 'molva topics rollback romashka 3',
  args: z.object({ key: z.string(), version: z.number().int().positive(), anyway: z.boolean() }),
  read: ([key, version], options) => ({ key, version: Number(version), anyway: options.anyway === true }),
  run: async ({ jobs }, { key, version, anyway }, out) => {
    const { rollBackTopic } = await import('../jobs/rollback-topic.ts');
    const { name, query } = await rollBackTopic(jobs, key, version, { actor: 'cli', anyway });
    out.data({ key, version, name, query }, `${key} is as in version ${version} again: ${query}`);
    return 0;
  },
};

export const topicHistoryCommands = [register(history), register(rollback)];
