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
  /** Estimated where there were more than 4,000 mentions. */
  count: number;
  p50: number;
  p95: number;
}

/**
 * Of more mentions the steps until one is told of are worked out from so many, evenly spread: a page and a monitor ask often. Of so many the
 * 95th percentile is that of 94.3 to 95.7 % of all, nineteen times of twenty (binomial).
 */
const SAMPLE = 4000;

const IN_CASES = `select n.mention_id, 0 from case_mentions n join cases c on c.id = n.case_id where n.current and c.last_post_at >= $1`;

/**
 * Mentions that were found since $1. What was published before its source was watched was not slow to be fetched; where no time is stated nobody
 * knows how slow it was. All that are in cases, and of all others every n-th (`weight`; 0: it is not one of these), unless only cases are asked about.
 */
const timesOf = (
  by: 'source' | 'team',
): string => `bounds as (select (select id from mentions where created_at >= $1 order by created_at limit 1) as first, (select max(id) from mentions) as last),
chosen as materialized (
  select id, max(weight) as weight from (
    select g.id, g.weight from bounds b, lateral (select generate_series(b.first, b.last, greatest(1, (b.last - b.first + 1) / ${SAMPLE})) as id,
      greatest(1, (b.last - b.first + 1) / ${SAMPLE}) as weight) g where ${by === 'source'}
    union all ${IN_CASES}) all_of_them group by 1),
watched as (select s.id as source_id, (select d.found_at from documents d where d.source_id = s.id order by d.found_at limit 1) as since from sources s),
times as (
  select s.name as source, coalesce(u.name, '') as team, d.found_at, p.understood_at, p.acted_at, c.taken_at, c.answered_at, c.closed_at, h.weight,
    case when d.published_at >= w.since then d.published_at end as published_at,
    (select min(v.delivered_at) from deliveries v where v.event_key = 'case:' || c.id and v.channel = 'crm') as alerted_at
  from chosen h join mentions m on m.id = h.id join documents d on d.id = m.document_id join document_progress p on p.document_id = d.id
  join sources s on s.id = d.source_id
  join watched w on w.source_id = d.source_id
  left join case_mentions n on n.mention_id = m.id and n.current left join cases c on c.id = n.case_id left join users u on u.id = c.owner_id
  where d.found_at >= $1 and m.basket_at is null)`;

/** Steps that every mention goes; the others go those that are in a case. */
const OF_ALL: readonly LatencyStep[] = ['fetched', 'understood', 'matched'];

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
  const isOfAll = OF_ALL.includes(step);
  return `select source, team, '${step}' as step, ${isOfAll ? 'weight' : '1'} as weight, extract(epoch from ${to} - ${from})::float8 as seconds from times
    where ${isOfAll ? 'weight > 0 and ' : ''}${from} is not null and ${to} is not null and ${to} >= ${from}`;
}).join(' union all ');

/** Median and 95th percentile of each step since then, by source, or of cases by who owns them: what goes before them has no owner. */
export function latencies(db: Db, since: Date, by: 'source' | 'team'): Promise<Latency[]> {
  return db.query<Latency>(
    `with ${timesOf(by)}, steps as (${STEPS})
     select ${by} as "group", step, sum(weight)::int as count,
       percentile_cont(0.5) within group (order by seconds) as p50, percentile_cont(0.95) within group (order by seconds) as p95
     from steps group by 1, 2 order by 1, 2`,
    [since],
  );
}
