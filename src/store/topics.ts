import type { TopicId } from '../model/ids.ts';
import type { Topic } from '../model/topic.ts';
import { type Db, queryOne } from './db.ts';

const COLUMNS = 'id, key, name, query, origin, enabled';

export interface TopicDefinition {
  key: string;
  name: string;
  query: string;
}

export function listTopics(db: Db): Promise<Topic[]> {
  return db.query<Topic>(`select ${COLUMNS} from topics order by id`);
}

export async function findTopicByKey(db: Db, key: string): Promise<Topic | null> {
  return queryOne<Topic>(db, `select ${COLUMNS} from topics where key = $1`, [key]);
}

/** Returns the topic's id, and whether its query is new or changed, so that the past is matched again. */
export async function saveTopic(
  tx: Db,
  topic: TopicDefinition,
  origin: Topic['origin'],
  now: Date,
): Promise<{ id: TopicId; changed: boolean }> {
  const known = await findTopicByKey(tx, topic.key);
  const row = await queryOne<{ id: TopicId }>(
    tx,
    `insert into topics (key, name, query, origin, updated_at) values ($1, $2, $3, $4, $5)
     on conflict (key) do update set name = excluded.name, query = excluded.query, origin = excluded.origin, enabled = true,
       updated_at = case when topics.query = excluded.query and topics.enabled then topics.updated_at else excluded.updated_at end
     returning id`,
    [topic.key, topic.name, topic.query, origin, now],
  );
  if (!row) throw new Error('upsert returned no topic');
  return { id: row.id, changed: !known || known.query !== topic.query || !known.enabled };
}

/** Topics gone from the configuration are switched off; their mentions stay. */
export async function disableMissingTopics(tx: Db, keys: readonly string[]): Promise<void> {
  await tx.query(
    `update topics set enabled = false where origin = 'config' and not (key = any($1::text[]))`,
    [keys],
  );
}

/**
 * Changes whenever any topic does, since each can be named by others: tells a process that its compiled queries are old. Made of the queries
 * themselves, because clocks of two processes differ.
 */
export async function topicsVersion(db: Db): Promise<string> {
  const row = await queryOne<{ version: string }>(
    db,
    `select coalesce(md5(string_agg(md5(key) || md5(query) || enabled, '' order by id)), '') as version from topics`,
  );
  return row?.version ?? '';
}
