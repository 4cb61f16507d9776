import { z } from 'zod';
import { countTones } from '../store/mentions.ts';
import { listRematchRuns } from '../store/rematch-runs.ts';
import { listTopics } from '../store/topics.ts';
import { type Command, register } from './command.ts';
import { topicBacktestCommand } from './topic-backtest.ts';
import { topicFileCommands } from './topic-files.ts';
import { topicHistoryCommands } from './topic-history.ts';
import { topicTestCommands } from './topic-test.ts';
import { topicsCheck } from './topics-check.ts';
import { topicsSuggest } from './topics-suggest.ts';

const list: Command<object> = {
  name: 'topics list',
  summary: 'list the topics with their queries and how often they were mentioned',
  example: 'molva topics list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const tones = await countTones(jobs.db);
    for (const topic of await listTopics(jobs.db)) {
      const mentions = tones
        .filter((tone) => tone.topicId === topic.id)
        .reduce((sum, tone) => sum + tone.count, 0);
      out.data(
        { ...topic, mentions },
        `${topic.key}\t${mentions}\t${topic.enabled ? '' : '(off) '}${topic.query}`,
      );
    }
    for (const { done, total, versions } of await listRematchRuns(jobs.db)) {
      const what = versions
        ? `tags are being made again (${Object.keys(versions).join(', ')})`
        : 'the past is being matched again';
      out.message(`${what}: ${done} of ${total} documents`);
    }
    return 0;
  },
};

export const commands = [
  register(list),
  topicsCheck,
  topicsSuggest,
  ...topicTestCommands,
  topicBacktestCommand,
  ...topicFileCommands,
  ...topicHistoryCommands,
];
