import { z } from 'zod';
import { TIERS } from '../../src/model/customer.ts';
import { STAGES } from '../../src/model/value.ts';

/** Of what customers are worth, in several operations. */

export const tierOrNull = z.enum(TIERS).nullable();

export const reason = z
  .object({
    code: z.string(),
    values: z.record(z.string(), z.union([z.number(), z.string()])).describe('Numbers and short names'),
  })
  .meta({ id: 'Reason' });

export const ranged = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .meta({ id: 'Ranged', description: 'With the bounds of its 95 % interval' });

/** How one customer stands, alone and in lists. */
export const worth = {
  tier: tierOrNull.describe('As the CRM states it, else as it was worked out'),
  computed_tier: tierOrNull,
  tier_reasons: z.array(reason),
  stage: z.enum(STAGES),
  silent_days: z.number().nullable().describe('Since the newest purchase'),
  churn: z.number().min(0).max(1).nullable().describe('How likely the customer is leaving'),
  churn_reasons: z.array(reason).describe('The heaviest first'),
  realised: z.number().nullable().describe('Money of the last 12 months'),
  currency: z.string().nullable(),
};
