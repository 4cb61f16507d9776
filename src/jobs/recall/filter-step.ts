import type { MissFix } from '../../model/recall.ts';
import type { Mention } from '../../model/topic.ts';
import { type Finding, passed } from './finding.ts';
import { makeStep } from './words.ts';

interface Filtered {
  code: Parameters<typeof makeStep>[1];
  fix: MissFix;
}

/** What keeps a mention out of sight; null when nothing does. Whatever else hides mentions belongs here. */
export function whyHidden({ id, status, basketAt }: Mention): Filtered | null {
  if (status === 'not_us') return { code: 'filters.not-us', fix: { kind: 'restore-mention', mention: id } };
  if (basketAt !== null) return { code: 'filters.basket', fix: { kind: 'empty-basket', mention: id } };
  return null;
}

/** Is there a mention that is shown? */
export function filterStep(mentions: readonly Mention[]): Finding {
  const hidden = mentions.map(whyHidden);
  const [first] = hidden;
  if (first === undefined) return passed(makeStep('skipped', 'filters.skipped'));
  if (first === null || hidden.includes(null)) return passed(makeStep('ok', 'filters.none'));
  return { step: makeStep('failed', first.code), cause: 'filtered', fix: first.fix };
}
