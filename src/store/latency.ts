import type { Db } from './db.ts';

/** From the one before to the one named. `published` begins the way, `alerted` is told of in all. */
export const LATENCY_STEPS = [
  'fetched',
  'understood',
  'matched',
  'alerted',
  'taken',
  'answered',
  'closed',
] as const;
export type LatencyStep = (typeof LATENCY_STEPS)[number];

/** Of one step in one group: seconds. */
export interface Latency {
  group: string;
  step: LatencyStep;
  count: number;
  p50: number;
  p95: number;
}

/**
 * Mentions that were found since $1. What was published before its source was watched was not slow to be fetched; where no time is stated nobody
 * knows how slow it was.
 */
const TIMES = `watched as (select source_id, min(found_at) as since from documents group by 1), times as (
  select s.name as source, coalesce(u.name, '') as team, d.found_at, p.understood_at, p.acted_at, c.taken_at, c.answered_at, c.closed_at,
    case when d.published_at >= w.since then d.published_at end as published_at,
    (select min(v.delivered_at) from deliveries v where v.event_key = 'case:' || c.id and v.channel = 'crm') as alerted_at
  from mentions m join documents d on d.id = m.document_id join document_progress p on p.document_id = d.id
  join sources s on s.id = d.source_id
  join watched w on w.source_id = d.source_id
  left join case_mentions n on n.mention_id = m.id and n.current left join cases c on c.id = n.case_id left join users u on u.id = c.owner_id
  where d.found_at >= $1 and m.basket_at is null)`;

const BETWEEN: Record<LatencyStep, [from: string, to: string]> = {
  fetched: ['published_at', 'found_at'],
  understood: ['found_at', 'understood_at'],
  matched: ['understood_at', 'acted_at'],
  alerted: ['acted_at', 'alerted_at'],
  taken: ['alerted_at', 'taken_at'],
  answered: ['taken_at', 'answered_at'],
  closed: ['answered_at', 'closed_at'],
};

const STEPS = LATENCY_STEPS.map((step) => {
  const [from, to] = BETWEEN[step];
  return `select source, team, '${step}' as step, extract(epoch from ${to} - ${from})::float8 as seconds from times
    where ${from} is not null and ${to} is not null and ${to} >= ${from}`;
}).join(' union all ');

/** Median and 95th percentile of each step since then, by source or by who owns the case. */
export function latencies(db: Db, since: Date, by: 'source' | 'team'): Promise<Latency[]> {
  return db.query<Latency>(
    `with ${TIMES}, steps as (${STEPS})
     select ${by} as "group", step, count(*)::int as count,
       percentile_cont(0.5) within group (order by seconds) as p50, percentile_cont(0.95) within group (order by seconds) as p95
     from steps group by 1, 2 order by 1, 2`,
    [since],
  );
}
