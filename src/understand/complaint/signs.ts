import type { SignList, TaggedText } from '../../model/ports.ts';
import type { ComplaintReason, Span } from '../../model/tag.ts';
import { findEntries, placeOf } from '../phrases.ts';
import { locate, type Reading } from '../reading.ts';

/** A word or phrase of the list of complaints that says what is at fault. */
export interface FaultSign {
  span: Span;
  /** Above 0. */
  weight: number;
  reason: ComplaintReason;
  sentence: number;
  clause: number;
}

/** From this weight on, «не» before it turns it into its opposite. */
const DENIABLE = 0.8;
const NOT_WORDS = new Set(['не', 'ни', 'нет', 'без', 'not', 'no', 'never', 'without']);

/** Faults named in a text, in its order; a brand's own name is none («Плохой банк» as a brand). */
export function findFaults(
  { targets }: Pick<TaggedText, 'targets'>,
  reading: Reading,
  list: SignList,
): FaultSign[] {
  const { words } = reading;
  const names = locate(
    reading,
    targets.flatMap(({ spans }) => spans),
  ).words;
  const faults: FaultSign[] = [];
  for (const hit of findEntries(words, list.weights)) {
    const { from, key, weight } = hit;
    const { first, last, span } = placeOf(words, hit);
    const reason = list.labels.get(key);
    const isName = names.has(first) && names.has(last);
    const isDenied = weight > DENIABLE && from > 0 && NOT_WORDS.has(words[from - 1]?.text ?? '');
    if (reason !== undefined && weight > 0 && !isName && !isDenied)
      faults.push({ span, weight, reason, sentence: first.sentence, clause: first.clause });
  }
  return faults;
}
