import type { Log } from '../lib/log.ts';
import type { Morphology } from '../model/ports.ts';
import type { Topic } from '../model/topic.ts';
import type { MentionCheck } from '../query/context/mention-check.ts';
import { createMatcher, type Matcher } from '../query/matcher.ts';
import { readTopicQuery } from '../query/saved.ts';
import type { Db } from '../store/db.ts';
import { listTopics, topicsVersion } from '../store/topics.ts';
import { type CheckedTopic, createContextChecks } from './context-check.ts';

export interface CompiledTopics {
  /** Of the rows that they were compiled from. */
  version: string;
  matcher: Matcher;
  byKey: ReadonlyMap<string, Topic>;
  /** By key, of the topics whose switch is on: is the brand meant where the query found it? */
  checks: ReadonlyMap<string, MentionCheck>;
}

export interface TopicSet {
  /** The enabled topics, compiled; read again when any of them has changed. */
  current(db: Db): Promise<CompiledTopics>;
  /** Are the rows still those that these were compiled from? */
  isCurrent(db: Db, topics: CompiledTopics): Promise<boolean>;
}

interface Compiled extends Omit<CompiledTopics, 'checks'> {
  checked: (Pick<Topic, 'id' | 'key'> & CheckedTopic)[];
}

/** A stored query was checked when it was saved; one that no longer parses (an older language) must not stop the others. */
function compile(version: string, topics: readonly Topic[], morphology: Morphology, log: Log): Compiled {
  const matcher = createMatcher([], morphology);
  const enabled = topics.filter((topic) => topic.enabled);
  const checked: Compiled['checked'] = [];
  // Those that are switched off can still be named by others.
  for (const topic of enabled) {
    const { key } = topic;
    const read = readTopicQuery(topic.query, topics, key);
    if ('query' in read) {
      matcher.set({ key, query: read.query });
      if (topic.contextCheck) checked.push({ ...topic, query: read.query });
    } else log.error({ topic: key }, 'the query of this topic cannot be read; mend it on the topics page');
  }
  return { version, matcher, byKey: new Map(enabled.map((topic) => [topic.key, topic])), checked };
}

export function createTopicSet(morphology: Morphology, log: Log): TopicSet {
  let compiled: Compiled | null = null;
  const contexts = createContextChecks(morphology);
  return {
    current: async (db) => {
      const version = await topicsVersion(db);
      if (compiled?.version !== version) {
        compiled = compile(version, await listTopics(db), morphology, log);
      }
      return { ...compiled, checks: await contexts.current(db, compiled.checked) };
    },
    isCurrent: async (db, topics) => (await topicsVersion(db)) === topics.version,
  };
}
