import { latencies } from '../../src/store/latency.ts';
import { remembered } from '../../src/store/remembered.ts';

/** For the page and for monitors, which ask every few seconds. */
export const latenciesOf = remembered(60_000, latencies);
