import { InputError } from '../lib/errors.ts';
import type { TopicExample } from '../model/topic.ts';
import type { QueryIssue } from '../query/ast.ts';
import { readTopicQuery } from '../query/saved.ts';
import type { ExampleFailure } from '../query/why-not.ts';
import { listAllExamples } from '../store/topic-examples.ts';
import { listTopics } from '../store/topics.ts';
import { learnStoredCheck } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { failingExamples } from './topic-examples.ts';

export interface TopicTest {
  key: string;
  examples: number;
  failures: ExampleFailure<TopicExample>[];
  /** The query cannot be read: every example fails. */
  issues: readonly QueryIssue[];
}

/** Holds the examples of all topics, or of one, against their queries. Throws InputError when there is no topic of that key. */
export async function testTopics(
  { db, clock, resources }: Pick<JobDeps, 'db' | 'clock' | 'resources'>,
  key: string | null,
): Promise<TopicTest[]> {
  const topics = await listTopics(db);
  const wanted = topics.filter((topic) => key === null || topic.key === key);
  if (key !== null && wanted.length === 0)
    throw new InputError([{ at: key, message: 'there is no such topic' }]);
  const all = await listAllExamples(db);
  const tests: TopicTest[] = [];
  for (const topic of wanted) {
    const examples = all.filter((example) => example.topicId === topic.id);
    const read = readTopicQuery(topic.query, topics, topic.key);
    const tested = { key: topic.key, examples: examples.length };
    if ('issues' in read) tests.push({ ...tested, failures: [], issues: read.issues });
    else {
      const judge = { ...topic, query: read.query };
      const check = await learnStoredCheck(db, judge, resources.morphology);
      const failures = failingExamples({ ...judge, check }, examples, resources, clock.now());
      tests.push({ ...tested, failures, issues: [] });
    }
  }
  return tests;
}
