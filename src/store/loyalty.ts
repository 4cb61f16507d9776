import type { CaseOutcome } from '../model/case.ts';
import type { Tier } from '../model/customer.ts';
import type { CaseId, CustomerId } from '../model/ids.ts';
import { AFTER, type Aftermath, ENDED } from './case-aftermath.ts';
import type { Db } from './db.ts';

/** Cases that opened in [from, to). */
export interface LoyaltySpan {
  from: Date;
  to: Date;
}

/** One complaint of a customer, what we did, and what became of him. */
export interface LoyaltyRow extends Aftermath {
  id: CaseId;
  customerId: CustomerId;
  customerName: string;
  externalId: string;
  tier: Tier | null;
  cause: string;
  openedAt: Date;
  promise: string | null;
  promiseKept: boolean | null;
  outcome: CaseOutcome | null;
}

const IN_SPAN = `where c.opened_at >= $1 and c.opened_at < $2 and c.status not in ('withdrawn', 'merged')`;
const ROWS = `with ended as (${ENDED} ${IN_SPAN}), followed as (select e.id, e.since, ${AFTER} from ended e)`;
const CAUSE = 'coalesce(c.cause, c.reason)';

/** The newest first. */
export function listLoyalty(
  db: Db,
  { from, to }: LoyaltySpan,
  limit: number,
  offset: number,
): Promise<LoyaltyRow[]> {
  return db.query<LoyaltyRow>(
    `${ROWS} select f.*, c.customer_id as "customerId", k.name as "customerName", k.external_id as "externalId", k.tier, ${CAUSE} as cause,
       c.opened_at as "openedAt", c.promise, c.promise_kept as "promiseKept", c.outcome
     from followed f join cases c on c.id = f.id join customers k on k.id = c.customer_id order by c.opened_at desc, c.id desc limit $3 offset $4`,
    [from, to, limit, offset],
  );
}

/** All complaints about one thing. */
export interface LoyaltyCause {
  cause: string;
  cases: number;
  /** By tier, `none` among them. */
  tiers: Record<string, number>;
  promises: number;
  kept: number;
  broken: number;
  /** Answered; of those: bought again, and wrote ill of us again. */
  answered: number;
  bought: number;
  negative: number;
}

/** The most frequent first. */
export function countLoyalty(db: Db, { from, to }: LoyaltySpan): Promise<LoyaltyCause[]> {
  return db.query<LoyaltyCause>(
    `${ROWS}, told as (select f.*, ${CAUSE} as cause, coalesce(k.tier, 'none') as tier, c.promise, c.promise_kept
       from followed f join cases c on c.id = f.id join customers k on k.id = c.customer_id),
     tiers as (select cause, jsonb_object_agg(tier, n) as tiers from (select cause, tier, count(*)::int as n from told group by 1, 2) t group by 1)
     select t.cause, count(*)::int as cases, x.tiers, count(t.promise)::int as promises,
       count(*) filter (where t.promise_kept)::int as kept, count(*) filter (where not t.promise_kept)::int as broken,
       count(t.since)::int as answered, count(*) filter (where t.purchases > 0)::int as bought,
       count(*) filter (where t.negative > 0)::int as negative
     from told t join tiers x on x.cause = t.cause group by t.cause, x.tiers order by cases desc, t.cause`,
    [from, to],
  );
}
