import type { Log } from '../lib/log.ts';
import type { Morphology } from '../model/ports.ts';
import type { Topic } from '../model/topic.ts';
import { createMatcher, type Matcher } from '../query/matcher.ts';
import { parseQuery } from '../query/parse.ts';
import type { Db } from '../store/db.ts';
import { listTopics, topicsVersion } from '../store/topics.ts';

export interface CompiledTopics {
  matcher: Matcher;
  byKey: ReadonlyMap<string, Topic>;
}

export interface TopicSet {
  /** The enabled topics, compiled; read again when any of them has changed. */
  current(db: Db): Promise<CompiledTopics>;
}

/** A stored query was checked when it was saved; one that no longer parses (an older language) must not stop the others. */
function compile(topics: readonly Topic[], morphology: Morphology, log: Log): CompiledTopics {
  const matcher = createMatcher([], morphology);
  for (const { key, query } of topics) {
    const parsed = parseQuery(query);
    if ('query' in parsed) matcher.set({ key, query: parsed.query });
    else log.error({ topic: key }, 'the query of this topic cannot be read; mend it on the topics page');
  }
  return { matcher, byKey: new Map(topics.map((topic) => [topic.key, topic])) };
}

export function createTopicSet(morphology: Morphology, log: Log): TopicSet {
  let version: string | null = null;
  let compiled: CompiledTopics | null = null;
  return {
    current: async (db) => {
      const now = await topicsVersion(db);
      if (!compiled || now !== version) {
        const topics = (await listTopics(db)).filter((topic) => topic.enabled);
        compiled = compile(topics, morphology, log);
        version = now;
      }
      return compiled;
    },
  };
}
