import type { SignList } from '../../model/ports.ts';
import type { PostKind, Span } from '../../model/tag.ts';
import { findEntries, placeOf } from '../phrases.ts';
import type { Reading } from '../reading.ts';

export interface KindSigns {
  /** Log-odds that are added to a kind's. */
  weights: ReadonlyMap<PostKind, number>;
  spans: ReadonlyMap<PostKind, Span[]>;
}

/** Each further sign of a kind says less. */
const FADING = 0.6;
const SHOWN_SPANS = 6;

const NO_SIGNS: KindSigns = { weights: new Map(), spans: new Map() };

/** Words and phrases that are usual in posts of a kind. */
export function findKindSigns({ words }: Reading, list: SignList): KindSigns {
  const hits = findEntries(words, list.weights);
  if (hits.length === 0) return NO_SIGNS;
  const found = new Map<PostKind, { weight: number; span: Span }[]>();
  for (const hit of hits) {
    const kind = list.labels.get(hit.key) as PostKind | undefined;
    if (kind === undefined) continue;
    const sign = { weight: hit.weight, span: placeOf(words, hit).span };
    found.set(kind, [...(found.get(kind) ?? []), sign]);
  }
  const sorted = [...found].map(
    ([kind, signs]) => [kind, signs.sort((one, two) => Math.abs(two.weight) - Math.abs(one.weight))] as const,
  );
  return {
    weights: new Map(
      sorted.map(([kind, signs]) => [
        kind,
        signs.reduce((sum, { weight }, rank) => sum + weight * FADING ** rank, 0),
      ]),
    ),
    spans: new Map(
      sorted.map(([kind, signs]) => [
        kind,
        signs
          .filter(({ weight }) => weight > 0)
          .slice(0, SHOWN_SPANS)
          .map(({ span }) => span),
      ]),
    ),
  };
}
