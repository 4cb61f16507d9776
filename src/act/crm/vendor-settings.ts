import { z } from 'zod';
import { CASE_STATUSES } from '../../model/case.ts';

/** Where a vendor's programming interface is; without a slash at its end. */
export const vendorAddress = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
  .transform((url) => url.replace(/\/+$/, ''));

/** What every connector to a vendor's CRM may be told. */
export const vendorSettings = {
  /** Of the texts that we write there. */
  language: z.enum(['ru', 'en']).default('ru'),
  /** Stands before the CRM's own numbers of customers in ours. Needed where several systems number customers. */
  customer_prefix: z.string().max(40).default(''),
  /** Stage or status of the CRM → what it means, where the usual reading is not what is meant. */
  statuses: z.record(z.string(), z.enum(CASE_STATUSES)).default({}),
};

export type VendorSettings = z.infer<z.ZodObject<typeof vendorSettings>>;
