import type { FeatureFamily } from '../../model/opinion.ts';
import type { FeatureSink } from './feature-sink.ts';

/** Keeps the features that `read` hands over. */
export function gatherFamilies(read: (sink: FeatureSink) => void): FeatureFamily[] {
  const families: FeatureFamily[] = [];
  read({
    take: (hashes, count, weight) => void families.push({ hashes: hashes.slice(0, count), weight }),
  });
  return families;
}
