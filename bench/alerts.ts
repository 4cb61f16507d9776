import { SPIKE_K, SPIKE_MINIMUM } from '../src/act/alerts/kinds/spike.ts';
import { benchCrisis } from './alerts/crisis.ts';
import { benchGrid } from './alerts/grid.ts';

/** What alerts cost people: false ones in quiet days, minutes until a spike is noticed, messages in a crisis. */
export async function benchAlerts(): Promise<void> {
  await benchCrisis(false);
  console.log();
  await benchCrisis(true);
  console.log();
  benchGrid({ k: SPIKE_K, minimum: SPIKE_MINIMUM });
}
