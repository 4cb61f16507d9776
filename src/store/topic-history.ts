import type { TopicId } from '../model/ids.ts';
import type { TopicVersion } from '../model/topic.ts';
import { type Db, queryOne } from './db.ts';

const COLUMNS = `version, name, query, enabled, context_check as "contextCheck", about, saved_by as "savedBy", saved_at as "savedAt", restored`;

export type TopicState = Pick<TopicVersion, 'name' | 'query' | 'enabled' | 'contextCheck' | 'about'>;

/** Newest first. */
export function listVersions(db: Db, topic: TopicId): Promise<TopicVersion[]> {
  return db.query<TopicVersion>(
    `select ${COLUMNS} from topic_versions where topic_id = $1 order by version desc`,
    [topic],
  );
}

export function findVersion(db: Db, topic: TopicId, version: number): Promise<TopicVersion | null> {
  return queryOne<TopicVersion>(
    db,
    `select ${COLUMNS} from topic_versions where topic_id = $1 and version = $2`,
    [topic, version],
  );
}

/** Nothing when it is as the newest one. The topic's row must be locked by `tx`: versions are numbered one after another. */
export async function addVersion(
  tx: Db,
  topic: TopicId,
  state: TopicState,
  by: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into topic_versions (topic_id, version, name, query, enabled, context_check, about, saved_by, saved_at)
     select $1::bigint, coalesce(max(version), 0) + 1, $2::text, $3::text, $4::boolean, $5::boolean, $6::text, $7::text, $8::timestamptz from topic_versions where topic_id = $1
     having not exists (
       select 1 from topic_versions v where v.topic_id = $1 and v.name = $2 and v.query = $3 and v.enabled = $4 and v.context_check = $5 and v.about = $6
         and v.version = (select max(version) from topic_versions where topic_id = $1))`,
    [topic, state.name, state.query, state.enabled, state.contextCheck, state.about, by, now],
  );
}

/** Notes that the newest version brought an older one back. */
export async function markRestored(tx: Db, topic: TopicId, restored: number): Promise<void> {
  await tx.query(
    `update topic_versions set restored = $2
     where topic_id = $1 and version = (select max(version) from topic_versions where topic_id = $1)`,
    [topic, restored],
  );
}
