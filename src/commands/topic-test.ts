import { z } from 'zod';
import type { TopicTest } from '../jobs/test-topics.ts';
import { InputError } from '../lib/errors.ts';
import { nameExample } from '../query/name-example.ts';
import { listExamples, removeExample } from '../store/topic-examples.ts';
import { findTopicByKey } from '../store/topics.ts';
import { type Command, register } from './command.ts';

function isBad({ failures, issues }: TopicTest): boolean {
  return failures.length > 0 || issues.length > 0;
}

function report({ key, examples, failures, issues }: TopicTest): string {
  if (issues.length > 0)
    return [
      `✗ ${key}: its query cannot be read`,
      ...issues.map((one) => `    ${one.line}:${one.column} ${one.message.en}`),
    ].join('\n');
  if (failures.length === 0)
    return examples === 0 ? `- ${key}: no examples` : `✓ ${key}: ${examples} examples`;
  const lines = failures.flatMap(({ example, reasons }) => [
    `    ${nameExample(example).en}${example.note === '' ? '' : ` (${example.note})`}`,
    ...reasons.map((reason) => `      ${reason.message.en}`),
  ]);
  return [`✗ ${key}: ${failures.length} of ${examples} examples fail`, ...lines].join('\n');
}

const test: Command<{ key: string | null }> = {
  name: 'topics test',
  arguments: '[key]',
  summary: 'hold the examples of every topic, or of one, against its query; exit code 1 when any fails',
  example: 'molva topics test romashka',
  args: z.object({ key: z.string().nullable() }),
  read: ([key]) => ({ key: key ?? null }),
  run: async ({ jobs }, { key }, out) => {
    const { testTopics } = await import('../jobs/test-topics.ts');
    const tests = await testTopics(jobs, key);
    for (const one of tests) out.data(one, report(one));
    const sum = (of: (one: TopicTest) => number): number => tests.reduce((total, one) => total + of(one), 0);
    const [examples, failed, unread] = [
      sum((one) => one.examples),
      sum((one) => one.failures.length),
      sum((one) => (one.issues.length > 0 ? 1 : 0)),
    ];
    out.message(
      `${tests.length} topics, ${examples} examples, ${failed} fail${unread > 0 ? `, ${unread} queries cannot be read` : ''}`,
    );
    return tests.some(isBad) ? 1 : 0;
  },
};

const examples: Command<{ key: string; remove: number | null }> = {
  name: 'topics examples',
  arguments: '<key>',
  options: [['--remove <number>', 'remove one of them']],
  summary: 'the texts that a topic must find and must not, by their numbers',
  example: 'molva topics examples romashka --remove 12',
  args: z.object({ key: z.string(), remove: z.number().int().nullable() }),
  read: ([key], options) => ({ key, remove: options.remove === undefined ? null : Number(options.remove) }),
  run: async ({ jobs }, { key, remove }, out) => {
    const topic = await findTopicByKey(jobs.db, key);
    if (!topic) throw new InputError([{ at: key, message: 'there is no such topic' }]);
    if (remove !== null && !(await removeExample(jobs.db, topic.id, remove)))
      throw new InputError([{ at: key, message: `has no example ${remove}` }]);
    for (const one of await listExamples(jobs.db, topic.id)) {
      const note = one.note === '' ? '' : `\t${one.note}`;
      const line = `${one.id}\t${one.addedAt.toISOString().slice(0, 10)}\t${one.addedBy}\t${nameExample(one).en}${note}`;
      out.data(one, line);
    }
    return 0;
  },
};

export const topicTestCommands = [register(test), register(examples)];
