import type { Topic } from '../model/topic.ts';
import type { Query, QueryIssue } from '../query/ast.ts';
import type { Draft } from '../query/draft.ts';
import { readTopicQuery } from '../query/saved.ts';
import { listTopics } from '../store/topics.ts';
import { learnCheck, listTaught, type TaughtText } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import type { Judge } from './topic-examples.ts';

export interface ReadDraft {
  /** The saved topic, when there is one. */
  topic: Topic | undefined;
  judge: Judge;
  /** The saved version; null when there is none that can be read. */
  saved: Judge | null;
  /** What people said of texts; only of a saved topic. */
  taught: TaughtText[];
}

/** A draft beside its saved version, both with what their context checks have learnt, or what is wrong with its query. */
export async function readDraft(
  { db, resources }: Pick<JobDeps, 'db' | 'resources'>,
  draft: Draft,
): Promise<ReadDraft | { issues: readonly QueryIssue[] }> {
  const topics = await listTopics(db);
  const topic = topics.find(({ key }) => key === draft.topic);
  const read = readTopicQuery(draft.query, topics, draft.topic ?? '');
  if ('issues' in read) return read;
  const taught = topic ? await listTaught(db, topic.id) : [];
  const judgeOf = (one: Omit<Draft, 'topic' | 'query'>, query: Query): Judge => {
    const judged = { ...one, query };
    return { ...judged, check: learnCheck(judged, taught, resources.morphology) };
  };
  const before = topic ? readTopicQuery(topic.query, topics, topic.key) : null;
  return {
    topic,
    judge: judgeOf(draft, read.query),
    saved: topic && before && 'query' in before ? judgeOf(topic, before.query) : null,
    taught,
  };
}
