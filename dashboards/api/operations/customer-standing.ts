import { z } from 'zod';
import { CONSENT_PURPOSES, CONSENT_STATES } from '../../../src/model/customer.ts';
import type { CustomerId } from '../../../src/model/ids.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { interestsOf } from '../../../src/store/customer-interests.ts';
import { getCustomer } from '../../../src/store/customers.ts';
import { newestConsents } from '../../../src/value/consent.ts';
import { STEPS } from '../../../src/value/next-steps.ts';
import {
  changeInterest,
  MOST_WRITTEN,
  mistakeInInterest,
  tidyInterest,
} from '../../customers/change-interest.ts';
import { type CardFacts, readCardFacts } from '../../customers/facts.ts';
import type { DashboardDeps } from '../../deps.ts';
import { translator } from '../../texts.ts';
import { type ByExternalId, customerOf } from '../customer.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { at, byExternalId, iso, isoOrNull, zone } from '../shapes.ts';
import { ranged, reason, worth } from '../value-shapes.ts';

const interestSchema = z.object({
  interest: z.string(),
  origin: z
    .enum(['declared', 'inferred'])
    .describe('declared: the customer said so; inferred: from purchases'),
  at,
});

const standingSchema = z
  .object({
    ...worth,
    rhythm_days: z.number().nullable().describe('Between purchases'),
    expected_purchases: ranged.nullable().describe('Of the next 12 months'),
    expected_money: ranged.nullable().describe('Of the next 12 months'),
    channel: z
      .object({
        channel: z.string(),
        basis: z.enum(['answered', 'purchases']),
        times: z.int(),
        of: z.int(),
        hour: z.int().nullable().describe('0 to 23, in the zone asked for'),
      })
      .nullable()
      .describe('Where the customer answers; null: not known'),
    consents: z
      .array(
        z.object({
          channel: z.string(),
          purpose: z.enum(CONSENT_PURPOSES),
          state: z.enum(CONSENT_STATES),
          at,
        }),
      )
      .describe('The newest word on each channel and purpose'),
    interests: z.array(interestSchema),
    steps: z
      .array(reason.extend({ code: z.enum(STEPS), due: at.nullable() }))
      .describe('What to do next, the most pressing first'),
  })
  .meta({ id: 'CustomerStanding' });

const contactOf = ({ contact }: CardFacts['value']) =>
  contact && { ...contact, hour: contact.hour?.hour ?? null };

const interestsIn = (interests: CardFacts['interests']) =>
  interests
    .filter(({ removedAt }) => removedAt === null)
    .map((one) => ({ interest: one.interest, origin: one.origin, at: iso(one.at) }));

function standingOf({
  customer,
  value,
  consents,
  interests,
  steps,
}: CardFacts): z.input<typeof standingSchema> {
  return {
    tier: customer.tier ?? value.tier.tier,
    computed_tier: value.tier.tier,
    tier_reasons: [...value.tier.reasons],
    stage: value.lifecycle.stage,
    rhythm_days: value.lifecycle.rhythmDays,
    silent_days: value.lifecycle.silentDays,
    churn: value.churn?.risk ?? null,
    churn_reasons: [...(value.churn?.reasons ?? [])],
    expected_purchases: value.purchases,
    expected_money: value.money,
    realised: value.realised,
    currency: value.currency,
    channel: contactOf(value),
    consents: newestConsents(consents).map((one) => ({ ...one, at: iso(one.at) })),
    interests: interestsIn(interests),
    steps: steps.map(({ due, ...step }) => ({ ...step, due: isoOrNull(due) })),
  };
}

const query = z.strictObject({ zone });

async function read(deps: DashboardDeps, call: Call<ByExternalId, z.output<typeof query>>) {
  const { db } = deps;
  const { now, actor } = call;
  const customer = found(await getCustomer(db, await customerOf(deps, call.params)), 'customer');
  await addAudit(db, { at: now, actor, action: 'customer.viewed', subject: `customer:${customer.id}` });
  return standingOf(await readCardFacts(db, customer, { now, zone: call.query.zone }));
}

async function interestsNow({ db }: DashboardDeps, customer: CustomerId) {
  return { interests: interestsIn(await interestsOf(db, { first: customer, last: customer })) };
}

const interestBody = z.strictObject({ interest: z.string().max(MOST_WRITTEN) });
type OfInterest = Call<ByExternalId, unknown, z.output<typeof interestBody>>;

async function declare(deps: DashboardDeps, call: OfInterest) {
  const customer = await customerOf(deps, call.params);
  const interest = tidyInterest(call.body.interest);
  const mistake = mistakeInInterest(interest);
  if (mistake)
    return refuse({
      status: 422,
      code: 'invalid-interest',
      title: 'The interest was not noted',
      errors: [{ in: 'body', pointer: '#/interest', detail: translator('en')(mistake) }],
    });
  await changeInterest(deps, { customer, interest, what: 'declared', actor: call.actor });
  return interestsNow(deps, customer);
}

async function remove(deps: DashboardDeps, call: OfInterest) {
  const customer = await customerOf(deps, call.params);
  const interest = tidyInterest(call.body.interest);
  const isThere = await changeInterest(deps, { customer, interest, what: 'removed', actor: call.actor });
  found(isThere || null, 'interest');
  return interestsNow(deps, customer);
}

const interestsAnswer = z.object({ interests: z.array(interestSchema) });

export const customerStanding = [
  operation({
    id: 'readStanding',
    method: 'get',
    path: '/customers/{external_id}/standing',
    scope: 'customers:read',
    summary:
      'Read what a customer is worth, likes and answers to, and what to do next; the look-up is written down',
    params: byExternalId,
    query,
    answer: standingSchema,
    handle: read,
  }),
  operation({
    id: 'declareInterest',
    method: 'post',
    path: '/customers/{external_id}/interests',
    scope: 'customers:write',
    summary: 'Note what a customer says he likes',
    params: byExternalId,
    body: interestBody,
    answer: interestsAnswer,
    handle: declare,
  }),
  operation({
    id: 'removeInterest',
    method: 'post',
    path: '/customers/{external_id}/interests/remove',
    scope: 'customers:write',
    summary: 'Take away what a customer was said to like: it is not inferred again',
    params: byExternalId,
    body: interestBody,
    answer: interestsAnswer,
    handle: remove,
  }),
];
