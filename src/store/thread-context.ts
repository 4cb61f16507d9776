import type { DocumentId } from '../model/ids.ts';
import type { Db } from './db.ts';

export interface ThreadPost {
  id: DocumentId;
  author: string | null;
  /** Published, or found when no date was stated. */
  time: Date;
  /** At most 300 characters. */
  text: string;
  place: 'answered' | 'before' | 'after';
}

/** Posts around one of a thread, by time. */
export interface ThreadContext {
  posts: ThreadPost[];
  /** Of the whole thread; 0 where the post is in none. */
  total: number;
}

const TIME = 'coalesce(d.published_at, d.found_at)';
const BEFORE = 2;
const AFTER = 3;
/** A thread of a hundred thousand posts is not sorted for one page. */
const LOOKED_AT = 5000;

/** What the post answers, the two before and the three after it. */
export async function threadAround(db: Db, id: DocumentId): Promise<ThreadContext> {
  const rows = await db.query<ThreadPost & { total: number }>(
    `with me as (select d.id, d.source_id, d.thread_id, d.parent_external_id, ${TIME} as at from documents d where d.id = $1 and d.thread_id is not null),
     mates as materialized (select d.id, ${TIME} as at, d.external_id = me.parent_external_id and d.source_id = me.source_id as "isParent", me.at as mine
       from documents d, me where d.thread_id = me.thread_id limit ${LOOKED_AT}),
     chosen as (
       (select id, 'answered' as place from mates where "isParent" limit 1)
       union all (select id, 'before' from mates where (at, id) < (mine, $1) and not coalesce("isParent", false) order by at desc, id desc limit ${BEFORE})
       union all (select id, 'after' from mates where (at, id) > (mine, $1) and not coalesce("isParent", false) order by at, id limit ${AFTER}))
     select d.id, coalesce(a.name, a.handle, d.guest_name) as author, ${TIME} as time, left(d.text, 300) as text, c.place,
       (select count(*)::int from mates) as total
     from chosen c join documents d on d.id = c.id left join authors a on a.id = d.author_id order by ${TIME}, d.id`,
    [id],
  );
  return {
    posts: rows.map(({ total: _total, ...post }) => post),
    total: rows[0]?.total ?? 0,
  };
}
