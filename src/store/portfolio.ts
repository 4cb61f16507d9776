import type { Tier } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { ChurnReason, Stage, TierReason } from '../model/value.ts';
import type { Db } from './db.ts';
import { isPerson } from './person.ts';

export const PORTFOLIO_LISTS = ['tier', 'moves', 'at-risk', 'promising', 'quiet'] as const;
export type PortfolioList = (typeof PORTFOLIO_LISTS)[number];

/** Which customers: a list, and of some the part: a tier (`none`: without one), or a cause (`none`: nothing was complained of). */
export interface PortfolioAsk {
  list: PortfolioList;
  part: string;
}

/** Of the CRM where it states one, else as it was worked out. */
const TIER = 'coalesce(c.tier, v.tier)';
const FROM = 'customer_values v join customers c on c.id = v.customer_id and c.merged_into is null';
/** So likely to leave, at least, is at risk. */
const RISK = 0.5;
/** A complaint so long before the last purchase, at most, may be why no other came. */
const CAUSE_DAYS = 90;
const MOVED_DAYS = 90;

/** The newest complaint near the last purchase or after it. */
const CAUSE = `(select coalesce(k.cause, k.reason) from cases k where ${isPerson('k.customer_id', 'v.customer_id')} and k.status not in ('withdrawn', 'merged')
  and k.opened_at >= v.scored_at - make_interval(secs => (v.silent_days + ${CAUSE_DAYS}) * 86400) order by k.opened_at desc, k.id desc limit 1)`;
const QUIET = `v.stage in ('sleeping', 'lost')`;
const NEWEST_MOVE = `select distinct on (customer_id) customer_id, at, from_tier, to_tier, reasons from customer_tier_moves
  where at >= $1::timestamptz - interval '${MOVED_DAYS} days' order by customer_id, at desc`;

/** Who is meant, and the order; $1 is now, $2 the part. */
const LISTS: Record<PortfolioList, { where: string; order: string }> = {
  tier: {
    where: `coalesce(${TIER}, 'none') = $2::text`,
    order: 'v.currency nulls last, v.expected_value desc nulls last, v.realised desc nulls last',
  },
  moves: { where: '$2::text is not null and m.at is not null', order: 'm.at desc' },
  // The most valuable first: of two who may leave, the one that costs more.
  'at-risk': {
    where: `$2::text is not null and v.churn >= ${RISK} and v.stage <> 'lost'`,
    order: `(${TIER} = 'MVC') desc nulls last, (${TIER} = 'MGC') desc nulls last, v.churn desc`,
  },
  promising: {
    where: `$2::text is not null and ${TIER} = 'MGC'`,
    order: 'v.currency nulls last, v.expected_value desc nulls last, v.realised desc nulls last',
  },
  quiet: {
    where: `${QUIET} and coalesce(${CAUSE}, 'none') = $2::text`,
    order: `v.realised desc nulls last, v.silent_days`,
  },
};

export interface PortfolioRow {
  id: CustomerId;
  number: string;
  name: string;
  /** As the CRM states it, and as it was worked out. */
  stated: Tier | null;
  computed: Tier | null;
  tierReasons: TierReason[];
  stage: Stage;
  silentDays: number | null;
  churn: number | null;
  churnReasons: ChurnReason[];
  expected: number | null;
  expectedLow: number | null;
  expectedHigh: number | null;
  realised: number | null;
  currency: string | null;
  /** The newest move of 90 days. */
  movedAt: Date | null;
  from: Tier | null;
  to: Tier | null;
}

function source(list: PortfolioList): string {
  const moves = list === 'moves' ? `join (${NEWEST_MOVE}) m on m.customer_id = v.customer_id` : '';
  const none =
    'cross join (select null::timestamptz as at, null::text as from_tier, null::text as to_tier where $1::timestamptz is not null) m';
  return `${FROM} ${moves || none}`;
}

/** One page of a list. */
export function listPortfolio(
  db: Db,
  { list, part }: PortfolioAsk,
  { now, limit, offset }: { now: Date; limit: number; offset: number },
): Promise<PortfolioRow[]> {
  const { where, order } = LISTS[list];
  return db.query(
    `select c.id, c.external_id as number, c.name, c.tier as stated, v.tier as computed, v.tier_reasons as "tierReasons", v.stage,
       v.silent_days as "silentDays", v.churn, v.churn_reasons as "churnReasons", v.expected_value as expected,
       v.expected_value_low as "expectedLow", v.expected_value_high as "expectedHigh", v.realised, v.currency,
       m.at as "movedAt", m.from_tier as "from", m.to_tier as "to"
     from ${source(list)} where ${where} order by ${order}, c.id limit $3 offset $4`,
    [now, part, limit, offset],
  );
}

export async function countPortfolio(db: Db, { list, part }: PortfolioAsk, now: Date): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from ${source(list)} where ${LISTS[list].where}`,
    [now, part],
  );
  return row?.n ?? 0;
}

/** Puts everybody of a list into a segment; who is in it stays. Returns how many were added. */
export async function addToSegment(
  tx: Db,
  { list, part }: PortfolioAsk,
  segment: string,
  now: Date,
): Promise<number> {
  const rows = await tx.query(
    `insert into customer_segments (customer_id, segment, origin) select c.id, $3, 'people' from ${source(list)} where ${LISTS[list].where}
     on conflict do nothing returning customer_id`,
    [now, part, segment],
  );
  return rows.length;
}

export interface TierSum {
  tier: Tier | null;
  customers: number;
  /** By currency; without those who have never bought. */
  money: { currency: string; realised: number; expected: number | null }[];
}

/** Who there is of each tier, and what they brought and will bring. Sums of different currencies stand apart. */
export function sumTiers(db: Db): Promise<TierSum[]> {
  return db.query(
    `select tier, sum(customers)::int as customers,
       coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'realised', realised, 'expected', expected) order by realised desc)
         filter (where currency is not null), '[]') as money
     from (select ${TIER} as tier, v.currency, count(*) as customers, sum(v.realised) as realised, sum(v.expected_value) as expected
       from ${FROM} group by 1, 2) sums
     group by tier order by array_position(array['MVC', 'MGC', 'BZC'], tier)`,
  );
}

/** Moves of 90 days: from which tier to which, and how many. */
export function sumMoves(
  db: Db,
  now: Date,
): Promise<{ from: Tier | null; to: Tier | null; customers: number }[]> {
  return db.query(
    `select from_tier as "from", to_tier as "to", count(*)::int as customers from customer_tier_moves
     where at >= $1::timestamptz - interval '${MOVED_DAYS} days' group by 1, 2 order by 3 desc, 1, 2`,
    [now],
  );
}

/** Customers who fell silent, by what they had complained of. `none`: nothing that we know. */
export function sumCauses(db: Db): Promise<{ cause: string; customers: number }[]> {
  return db.query(
    `select coalesce(${CAUSE}, 'none') as cause, count(*)::int as customers from ${FROM} where ${QUIET} group by 1 order by 2 desc, 1`,
  );
}
