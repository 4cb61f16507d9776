import type { SentimentLabel } from '../model/tag.ts';
import type { Db } from './db.ts';

/** Mentions of a topic found on a day. */
export interface MentionDay extends Record<SentimentLabel, number> {
  /** `2026-11-22`, in the zone that was asked for. */
  day: string;
  /** Key. */
  topic: string;
  total: number;
}

export interface MentionDaysAsk {
  from: Date;
  to: Date;
  /** IANA zone whose days are meant. */
  zone: string;
  /** Keys; empty: all. */
  topics: readonly string[];
}

/** Found in [from, to), by day, topic and tone, without those in the basket; days without any are left out. */
export function countMentionDays(db: Db, { from, to, zone, topics }: MentionDaysAsk): Promise<MentionDay[]> {
  const of = (label: SentimentLabel): string =>
    `count(*) filter (where m.sentiment->>'label' = '${label}')::int as ${label}`;
  return db.query<MentionDay>(
    `select to_char(m.created_at at time zone $3, 'YYYY-MM-DD') as day, t.key as topic, ${of('negative')}, ${of('neutral')},
       ${of('positive')}, ${of('unsure')}, count(*)::int as total
     from mentions m join topics t on t.id = m.topic_id
     where m.created_at >= $1 and m.created_at < $2 and m.basket_at is null and (cardinality($4::text[]) = 0 or t.key = any($4))
     group by 1, 2 order by 1, 2`,
    [from, to, zone, topics],
  );
}
