import type { Evidence } from '../model/customer.ts';

/** One step of the waterfall. */
export interface BitsOfEvidence extends Required<Omit<Evidence, 'hash'>> {
  /** Of an identifier: under which it stands in the register. It names the value, and leaves matching only as a keyed hash. */
  key?: string;
}
