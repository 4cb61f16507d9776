import type { Tier } from './customer.ts';

/** A figure and its 95 % interval. */
export interface Ranged {
  value: number;
  low: number;
  high: number;
}

export const REFUSALS = [
  'not-scored',
  'few-repeaters',
  'short-span',
  'not-settled',
  'money-follows-frequency',
  'few-amounts',
] as const;

/** Why a model is not used: `not-scored` there is none yet, `few-repeaters` n of needed, `short-span` days of needed, `not-settled`, `money-follows-frequency` share, `few-amounts`. */
export interface Refusal {
  code: (typeof REFUSALS)[number];
  /** What there is, and what is needed; 0 where there is nothing to count. */
  has: number;
  needs: number;
}

/** A reason in a form that texts of both languages are made from. */
export interface Reason<Code extends string = string> {
  code: Code;
  /** Numbers and short names to fill in: `{ percent: 4 }`. */
  values: Readonly<Record<string, number | string>>;
}

export const TIER_REASONS = [
  'expected-top',
  'realised-top',
  'growing',
  'few-items',
  'more-expected',
  'refunds',
  'service',
] as const;
export type TierReason = Reason<(typeof TIER_REASONS)[number]>;

export interface ComputedTier {
  /** null: nothing stands out. */
  tier: Tier | null;
  reasons: readonly TierReason[];
}

/** Recency, frequency, money: 1 lowest to 5 highest quintile of all who have bought. */
export interface Rfm {
  recency: number;
  frequency: number;
  money: number;
}

export const STAGES = ['prospect', 'new', 'active', 'cooling', 'sleeping', 'lost', 'returned'] as const;
export type Stage = (typeof STAGES)[number];

export interface Lifecycle {
  stage: Stage;
  /** Days between purchases as this customer makes them, drawn towards the register's; null without any. */
  rhythmDays: number | null;
  /** Days since the newest purchase; null without any. */
  silentDays: number | null;
}

export const CHURN_REASONS = [
  'silence',
  'once',
  'unlikely-active',
  'falling',
  'open-case',
  'negative-posts',
  'unanswered',
] as const;
export type ChurnReason = Reason<(typeof CHURN_REASONS)[number]>;

export interface ChurnRisk {
  /** 0 to 1. */
  risk: number;
  /** The heaviest first. */
  reasons: readonly ChurnReason[];
}

/** Where and when a customer answers. */
export interface PreferredContact {
  channel: string;
  /** `answered`: from contacts; `purchases`: only where he buys, which is weaker. */
  basis: 'answered' | 'purchases';
  /** Contacts (or purchases) of that channel that speak for it. */
  times: number;
  /** All that were looked at. */
  of: number;
  /** 0 to 23 in the zone asked for, and the contacts that it rests on; null: they do not tell. */
  hour: { hour: number; times: number; of: number } | null;
}

/** What was worked out for one customer. */
export interface CustomerValue {
  tier: ComputedTier;
  rfm: Rfm | null;
  /** Still a customer, 0 to 1; null with fewer than two purchases, or without a model. */
  alive: Ranged | null;
  /** Purchases of the next 12 months. */
  purchases: Ranged | null;
  /** Money of the next 12 months, in `currency`. */
  money: Ranged | null;
  /** The customer's main currency, in which `money` and `realised` stand. */
  currency: string | null;
  /** Money of the last 12 months, what was paid back taken off. */
  realised: number | null;
  lifecycle: Lifecycle;
  churn: ChurnRisk | null;
  contact: PreferredContact | null;
  /** Why there is no forecast of purchases, or of money; null: there is one, or nothing was bought. */
  refusal: Refusal | null;
}
