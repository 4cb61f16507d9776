import type { Config } from '../../config/schema.ts';
import type { Subscription } from '../model/subscription.ts';

/** What each endpoint of the configuration wants to hear. */
export function subscriptionsOf({ crm }: Config): Subscription[] {
  return crm.map(({ key, events, filter, zone }) => ({ key, events, filter: filter ?? null, zone }));
}
