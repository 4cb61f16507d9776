import type { Evidence } from '../model/customer.ts';

/** One step of the waterfall. */
export type BitsOfEvidence = Required<Evidence>;
