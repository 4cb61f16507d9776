import type { Tier } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { CustomerValue, TierReason } from '../model/value.ts';
import { type Db, json } from './db.ts';

function rowOf({ customerId, value }: { customerId: CustomerId; value: CustomerValue }) {
  const { alive, purchases, money, lifecycle, contact } = value;
  return {
    customer_id: customerId,
    tier: value.tier.tier,
    tier_reasons: value.tier.reasons,
    rfm: value.rfm,
    p_alive: alive?.value,
    p_alive_low: alive?.low,
    p_alive_high: alive?.high,
    expected_purchases: purchases?.value,
    expected_purchases_low: purchases?.low,
    expected_purchases_high: purchases?.high,
    expected_value: money?.value,
    expected_value_low: money?.low,
    expected_value_high: money?.high,
    currency: value.currency,
    realised: value.realised,
    stage: lifecycle.stage,
    rhythm_days: lifecycle.rhythmDays,
    silent_days: lifecycle.silentDays,
    churn: value.churn?.risk,
    churn_reasons: value.churn?.reasons ?? [],
    channel: contact?.channel,
    hour: contact?.hour?.hour,
    refusal: value.refusal,
  };
}

const COLUMNS = `customer_id, tier, tier_reasons, rfm, p_alive, p_alive_low, p_alive_high, expected_purchases, expected_purchases_low,
  expected_purchases_high, expected_value, expected_value_low, expected_value_high, currency, realised, stage, rhythm_days, silent_days, churn,
  churn_reasons, channel, hour, refusal`;
const NEW = COLUMNS.split(',')
  .map((name) => name.trim())
  .filter((name) => name !== 'customer_id')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

/** Rows become exactly these; where the tier is another than before, that is noted. Who was taken out meanwhile is passed over. */
export async function saveCustomerValues(
  tx: Db,
  values: readonly { customerId: CustomerId; value: CustomerValue }[],
  now: Date,
): Promise<void> {
  await tx.query(
    `with scored as (
       select s.* from jsonb_populate_recordset(null::customer_values, $1::jsonb) s join customers c on c.id = s.customer_id and c.merged_into is null),
     moved as (
       insert into customer_tier_moves (customer_id, at, from_tier, to_tier, reasons)
       select s.customer_id, $2, v.tier, s.tier, s.tier_reasons from scored s join customer_values v on v.customer_id = s.customer_id
       where v.tier is distinct from s.tier on conflict do nothing)
     insert into customer_values (${COLUMNS}, scored_at) select ${COLUMNS}, $2 from scored
     on conflict (customer_id) do update set ${NEW}, scored_at = excluded.scored_at`,
    [json(values.map(rowOf)), now],
  );
}

export interface TierMove {
  at: Date;
  from: Tier | null;
  to: Tier | null;
  reasons: TierReason[];
}

/** Newest first. */
export function listTierMoves(db: Db, customerId: CustomerId, limit: number): Promise<TierMove[]> {
  return db.query(
    `select at, from_tier as "from", to_tier as "to", reasons from customer_tier_moves where customer_id = $1 order by at desc limit $2`,
    [customerId, limit],
  );
}
