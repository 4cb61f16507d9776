import type { TopicId } from '../model/ids.ts';
import type { Topic } from '../model/topic.ts';
import { type Db, queryOne } from './db.ts';
import { storable } from './text.ts';
import { addVersion } from './topic-history.ts';

const COLUMNS = 'id, key, name, query, origin, enabled, context_check as "contextCheck", about';

export interface TopicDefinition {
  key: string;
  name: string;
  query: string;
  /** True when left out. */
  enabled?: boolean;
  /** As it was when left out; off for a new topic. */
  contextCheck?: boolean;
  /** As it was when left out. */
  about?: string;
}

export function listTopics(db: Db): Promise<Topic[]> {
  return db.query<Topic>(`select ${COLUMNS} from topics order by id`);
}

export async function findTopicByKey(db: Db, key: string): Promise<Topic | null> {
  return queryOne<Topic>(db, `select ${COLUMNS} from topics where key = $1`, [key]);
}

/** As the store holds it: one kind of line end, nothing that a text column refuses. */
export function storableQuery(query: string): string {
  return storable(query).replace(/\r\n?/g, '\n');
}

/**
 * Saves a topic as a new version, unless it is what it was. Returns its id, and whether it finds other documents now, so that the
 * past is matched again. `by`: a user's e-mail, `cli` or `config`.
 */
export async function saveTopic(
  tx: Db,
  topic: TopicDefinition,
  origin: Topic['origin'],
  now: Date,
  by: string = origin,
): Promise<{ id: TopicId; changed: boolean }> {
  const { key, name, enabled = true } = topic;
  const query = storableQuery(topic.query);
  const known = await findTopicByKey(tx, key);
  const { contextCheck = known?.contextCheck ?? false } = topic;
  const about = topic.about === undefined ? (known?.about ?? '') : storable(topic.about).trim();
  const row = await queryOne<{ id: TopicId }>(
    tx,
    `insert into topics (key, name, query, origin, enabled, context_check, about, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (key) do update set name = excluded.name, query = excluded.query, origin = excluded.origin, enabled = excluded.enabled,
       context_check = excluded.context_check, about = excluded.about,
       updated_at = case when topics.query = excluded.query and topics.enabled = excluded.enabled
         and topics.context_check = excluded.context_check and topics.about = excluded.about then topics.updated_at else excluded.updated_at end
     returning id`,
    [key, name, query, origin, enabled, contextCheck, about, now],
  );
  if (!row) throw new Error('upsert returned no topic');
  await addVersion(tx, row.id, { name, query, enabled, contextCheck, about }, by, now);
  const isChecked =
    known !== null &&
    known.contextCheck === contextCheck &&
    (!contextCheck || (known.about === about && known.name === name));
  const isSame = known !== null && known.query === query && isChecked && (known.enabled || !enabled);
  return { id: row.id, changed: !isSame };
}

/** Topics gone from the configuration are switched off; their mentions stay. */
export async function disableMissingTopics(
  tx: Db,
  keys: readonly string[],
  now: Date = new Date(),
): Promise<void> {
  const gone = await tx.query<Topic>(
    `update topics set enabled = false where origin = 'config' and enabled and not (key = any($1::text[])) returning ${COLUMNS}`,
    [keys],
  );
  for (const { id, name, query, contextCheck, about } of gone)
    await addVersion(tx, id, { name, query, enabled: false, contextCheck, about }, 'config', now);
}

/**
 * Changes whenever any topic does, since each can be named by others: tells a process that its compiled queries are old. Made of the queries
 * themselves, because clocks of two processes differ.
 */
export async function topicsVersion(db: Db): Promise<string> {
  const row = await queryOne<{ version: string }>(
    db,
    `select coalesce(md5(string_agg(md5(key) || md5(name) || md5(query) || md5(about) || enabled || context_check, '' order by id)), '') as version from topics`,
  );
  return row?.version ?? '';
}
