import { InputError } from '../lib/errors.ts';
import type { Topic, TopicVersion } from '../model/topic.ts';
import { nameExample } from '../query/name-example.ts';
import { readTopicQuery } from '../query/saved.ts';
import type { ExampleFailure } from '../query/why-not.ts';
import { addAudit } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import { listExamples } from '../store/topic-examples.ts';
import { findVersion, markRestored } from '../store/topic-history.ts';
import { listTopics, saveTopic } from '../store/topics.ts';
import { learnStoredCheck } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { enqueueRematch } from './rematch.ts';
import { failingExamples } from './topic-examples.ts';

function refuse(at: string, message: string): InputError {
  return new InputError([{ at, message }]);
}

async function findState(
  tx: Db,
  topics: readonly Topic[],
  key: string,
  version: number,
): Promise<{ topic: Topic; state: TopicVersion }> {
  const topic = topics.find((one) => one.key === key);
  if (!topic) throw refuse(key, 'there is no such topic');
  if (topic.origin === 'config')
    throw refuse(key, 'stands in the configuration file, and the next start would undo it; change it there');
  const state = await findVersion(tx, topic.id, version);
  if (!state) throw refuse(key, `has no version ${version}; see: molva topics history ${key}`);
  if (
    state.name === topic.name &&
    state.query === topic.query &&
    state.enabled === topic.enabled &&
    state.contextCheck === topic.contextCheck &&
    state.about === topic.about
  )
    throw refuse(key, `is as in version ${version} already`);
  return { topic, state };
}

/** Makes a topic what it was in an older version, as a new version. Throws InputError; `anyway`: also when its examples fail then. */
export async function rollBackTopic(
  { db, queue, clock, resources }: Pick<JobDeps, 'db' | 'queue' | 'clock' | 'resources'>,
  key: string,
  version: number,
  { actor, anyway }: { actor: string; anyway: boolean },
): Promise<TopicVersion> {
  return db.transaction(async (tx) => {
    const now = clock.now();
    const topics = await listTopics(tx);
    const { topic, state } = await findState(tx, topics, key, version);
    const read = readTopicQuery(state.query, topics, key);
    if ('issues' in read)
      throw refuse(key, `version ${version} cannot be read today: ${read.issues[0]?.message.en ?? ''}`);
    const judge = { ...topic, ...state, query: read.query };
    const check = await learnStoredCheck(tx, judge, resources.morphology);
    const failures = failingExamples({ ...judge, check }, await listExamples(tx, topic.id), resources, now);
    if (failures.length > 0 && !anyway) throw new InputError(failures.map((one) => toIssue(key, one)));
    const { changed } = await saveTopic(tx, { ...state, key }, 'user', now, actor);
    await markRestored(tx, topic.id, version);
    if (changed) await enqueueRematch(queue, tx, now);
    const detail = { version, before: topic.query, after: state.query };
    await addAudit(tx, { at: now, actor, action: 'topic.rolledback', subject: `topic:${topic.id}`, detail });
    return state;
  });
}

function toIssue(key: string, { example, reasons }: ExampleFailure): { at: string; message: string } {
  const why = reasons.map((reason) => reason.message.en).join('; ');
  return { at: key, message: `an example fails: ${nameExample(example).en}: ${why}` };
}
