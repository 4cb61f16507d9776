import { type CaseStatus, isWaiting } from '../model/case.ts';
import type { CustomerValue, Refusal } from '../model/value.ts';
import { itemKey } from './also-bought.ts';
import { churnRisk } from './churn.ts';
import type { ConsentFact } from './consent.ts';
import { type ContactFact, preferredContact } from './contact-choice.ts';
import { forecastOf } from './forecast.ts';
import { DAY_MS, type History, type PurchaseFact, toHistory, YEAR_MS } from './history.ts';
import { lifecycleOf } from './lifecycle.ts';
import type { RegisterModel } from './register.ts';
import { rfmOf, toRfmFacts } from './rfm.ts';
import { computeTier } from './tier.ts';

export interface CustomerFacts {
  purchases: readonly PurchaseFact[];
  contacts: readonly ContactFact[];
  consents: readonly ConsentFact[];
  cases: readonly { openedAt: Date; status: CaseStatus }[];
  /** Documents of the last 90 days. */
  negativePosts: number;
}

/** How far back trouble is trouble of now. */
export const TROUBLE_MS = 90 * DAY_MS;
/** Requests for service so near to a complaint come of it. */
const AROUND_CASE_MS = 30 * DAY_MS;

export const NO_MODEL: RegisterModel = {
  buying: null,
  spending: {},
  refusals: { buying: { code: 'not-scored', has: 0, needs: 0 }, spending: {} },
  rfm: { recency: [0, 0, 0, 0], frequency: [0, 0, 0, 0], money: {} },
  money: {},
  rhythmDays: 60,
  topItems: 0,
  buyers: 0,
};

/** Different things bought in the last 12 months. */
export function countItems(purchases: readonly PurchaseFact[], now: Date): number {
  const recent = purchases.filter(
    ({ at, amount }) => amount > 0 && at <= now && now.getTime() - at.getTime() < YEAR_MS,
  );
  return new Set(recent.map(({ item }) => itemKey(item))).size;
}

/** What the customer began and nobody answered, lately. */
export function unansweredOf(contacts: readonly ContactFact[], now: Date): ContactFact[] {
  return contacts.filter(
    ({ direction, answered, at }) =>
      direction === 'in' && answered === false && now.getTime() - at.getTime() < TROUBLE_MS,
  );
}

function servicesOf({ contacts, cases }: CustomerFacts, now: Date): number {
  const isOfCase = (at: Date): boolean =>
    cases.some(({ openedAt }) => Math.abs(openedAt.getTime() - at.getTime()) < AROUND_CASE_MS);
  return contacts.filter(
    ({ kind, at }) =>
      kind === 'service' && now.getTime() - at.getTime() < YEAR_MS && at <= now && !isOfCase(at),
  ).length;
}

function refusalOf({ refusals }: RegisterModel, history: History | null): Refusal | null {
  return history ? (refusals.buying ?? refusals.spending[history.currency] ?? null) : null;
}

/** Everything about one customer, by what is known of all. `zone`: whose hours the preferred hour is told in. */
export function scoreCustomer(
  facts: CustomerFacts,
  model: RegisterModel,
  { now, zone }: { now: Date; zone: string },
): CustomerValue {
  const history = toHistory(facts.purchases, now);
  const lifecycle = lifecycleOf(history, model.rhythmDays, now);
  const forecast = history ? forecastOf(model, history, now) : { alive: null, purchases: null, money: null };
  const trouble = {
    openCases: facts.cases.filter(isWaiting).length,
    negativePosts: facts.negativePosts,
    unanswered: unansweredOf(facts.contacts, now).length,
  };
  return {
    ...forecast,
    tier: computeTier({
      history,
      forecast,
      lifecycle,
      items: countItems(facts.purchases, now),
      topItems: model.topItems,
      services: servicesOf(facts, now),
      scale: history ? model.money[history.currency] : undefined,
      now,
    }),
    rfm: history && rfmOf(model.rfm, toRfmFacts(history, lifecycle.silentDays ?? 0)),
    currency: history?.currency ?? null,
    realised: history && history.lastYear.bought - history.lastYear.refunded,
    lifecycle,
    churn: churnRisk(history, lifecycle, forecast.alive?.value ?? null, trouble, now),
    contact: preferredContact(facts, zone),
    refusal: refusalOf(model, history),
  };
}
