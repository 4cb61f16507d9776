import type { ComputedTier, Lifecycle, TierReason } from '../model/value.ts';
import { halfYears } from './churn.ts';
import type { Forecast } from './forecast.ts';
import type { History } from './history.ts';

/** Of the register, in one currency. */
export interface MoneyScale {
  /** What the top tenth is expected to bring, and has brought in the last 12 months, at least; null: not known. */
  expectedTop: number | null;
  realisedTop: number | null;
  /** Likewise for the better half. */
  expectedHalf: number | null;
  realisedHalf: number;
  /** Median of what a purchase brings. */
  purchase: number;
}

export interface TierFacts {
  history: History | null;
  forecast: Forecast;
  lifecycle: Lifecycle;
  /** Different things bought in the last 12 months, and by the median customer of the top tenth. */
  items: number;
  topItems: number;
  /** Requests for service of the last 12 months, those around a complaint left out: he did not cause them. */
  services: number;
  scale: MoneyScale | undefined;
  now: Date;
}

const TOP_PERCENT = 10;
// Assumptions where no books are at hand: docs/decisions/0026.
const MARGIN = 0.3;
/** What a request for service, or a return, costs, as a share of the median purchase. */
const SERVICE_COST = 0.25;
/** Fewer returns or requests may be chance. */
const LEAST_REFUNDS = 2;
const LEAST_SERVICES = 3;
const GROWTH = 1.25;
const ALIVE = 0.5;

function reason(code: TierReason['code'], values: TierReason['values']): TierReason {
  return { code, values };
}

function mostValuable({ history, forecast, scale }: TierFacts): TierReason[] {
  if (!history || !scale) return [];
  const { currency, lastYear } = history;
  const realised = lastYear.bought - lastYear.refunded;
  const expected = forecast.money?.value ?? 0;
  const reasons: TierReason[] = [];
  if (scale.expectedTop !== null && expected >= scale.expectedTop)
    reasons.push(reason('expected-top', { percent: TOP_PERCENT, amount: Math.round(expected), currency }));
  if (scale.realisedTop !== null && realised > 0 && realised >= scale.realisedTop)
    reasons.push(reason('realised-top', { percent: TOP_PERCENT, amount: Math.round(realised), currency }));
  return reasons;
}

/** What he brings at our margin does not pay for what he sends back and asks for. */
function belowZero({ history, services, scale }: TierFacts): TierReason[] {
  if (!history || !scale) return [];
  const { bought, refunded, refunds } = history.lastYear;
  const { currency } = history;
  const earned = MARGIN * (bought - refunded) - SERVICE_COST * scale.purchase * (services + refunds);
  const isSeen = refunds >= LEAST_REFUNDS || services >= LEAST_SERVICES;
  if (!isSeen || earned >= 0) return [];
  const reasons: TierReason[] = [];
  if (refunds > 0)
    reasons.push(
      reason('refunds', { n: refunds, amount: Math.round(refunded), bought: Math.round(bought), currency }),
    );
  if (services > 0)
    reasons.push(reason('service', { n: services, bought: Math.round(bought - refunded), currency }));
  return reasons;
}

/** In the better half, still a customer, and with room: buys more often than before, or fewer things than the best do. */
function growable(facts: TierFacts): TierReason[] {
  const { history, forecast, lifecycle, scale, items, topItems, now } = facts;
  if (!history || !scale || history.days.length < 2 || (forecast.alive?.value ?? 1) < ALIVE) return [];
  if (!['active', 'returned', 'new'].includes(lifecycle.stage)) return [];
  const realised = history.lastYear.bought - history.lastYear.refunded;
  const isBetterHalf =
    realised >= scale.realisedHalf ||
    (scale.expectedHalf !== null && (forecast.money?.value ?? 0) >= scale.expectedHalf);
  if (!isBetterHalf || realised <= 0) return [];
  const reasons: TierReason[] = [];
  const { recent, before } = halfYears(history, now);
  if (before > 0 && recent >= before + 2 && recent >= GROWTH * before)
    reasons.push(reason('growing', { recent, before }));
  if (topItems > 1 && items * 2 <= topItems) reasons.push(reason('few-items', { items, typical: topItems }));
  const { currency } = history;
  const expected = forecast.money?.value ?? 0;
  if (expected >= GROWTH * realised)
    reasons.push(
      reason('more-expected', { amount: Math.round(expected), realised: Math.round(realised), currency }),
    );
  return reasons;
}

/** MVC, MGC, BZC, or none, and why. A tier that the CRM states goes before it. */
export function computeTier(facts: TierFacts): ComputedTier {
  for (const [tier, judge] of [
    ['BZC', belowZero],
    ['MVC', mostValuable],
    ['MGC', growable],
  ] as const) {
    const reasons = judge(facts);
    if (reasons.length > 0) return { tier, reasons };
  }
  return { tier: null, reasons: [] };
}
