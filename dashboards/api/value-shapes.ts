import { z } from 'zod';
import { TIERS } from '../../src/model/customer.ts';

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
