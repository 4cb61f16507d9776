import type { PersonName } from './names/parse-name.ts';
import type { Place } from './places.ts';

/** A customer as matching sees him: everything folded, nothing to be shown. */
export interface MatchCustomer {
  id: string;
  name: PersonName;
  place: Place | null;
  company: string | null;
  birthYear: number | null;
  /** Folded addresses. */
  emails: readonly string[];
  /** Last ten digits. */
  phones: readonly string[];
  /** `platform/handle`. */
  handles: readonly string[];
  /** Letters and digits only. */
  orders: readonly string[];
}
