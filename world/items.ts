import type { Db } from '../src/store/db.ts';
import type { Blogosphere } from './blogosphere.ts';

/** What we found, as the world's scorer reads it: one line a document. */
export interface FoundItem {
  permalink: string;
  author: string | null;
  date: Date | null;
  text: string;
  seenTick: number;
  deleted: boolean;
  /** Shared by documents that carry the same text. */
  cluster?: number;
}

interface Row extends Omit<FoundItem, 'seenTick' | 'cluster'> {
  cluster: number | null;
  foundAt: Date;
}

export async function readItems(db: Db, { world }: Blogosphere): Promise<FoundItem[]> {
  const rows = await db.query<Row>(
    `select d.url as permalink, coalesce(case when d.kind = 'article' then nullif(concat_ws(' ', a.name, nullif(a.handle, a.name)), '') else a.handle end, d.guest_name) as author, d.published_at as date, d.text,
       d.found_at as "foundAt", d.deleted_at is not null as deleted, s.story_id as cluster
     from documents d left join authors a on a.id = d.author_id left join story_carriers s on s.document_id = d.id order by d.id`,
  );
  const { epoch, tickMinutes } = world.opt;
  return rows.map(({ foundAt, cluster, ...item }) => ({
    ...item,
    ...(cluster === null ? {} : { cluster }),
    seenTick: Math.round((foundAt.getTime() - epoch) / (tickMinutes * 60_000)),
  }));
}
