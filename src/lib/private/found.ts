import type { PrivateKind } from '../../model/entity.ts';

/** Something private as it stands in a text: half-open UTF-16 offsets. */
export interface FoundPrivate {
  kind: PrivateKind;
  /** As it is compared: an address in lower case, E.164, digits and capitals without signs. */
  value: string;
  start: number;
  end: number;
}
