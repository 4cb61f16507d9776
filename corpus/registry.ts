import type { CorpusSet } from './set.ts';
import { feeds } from './sets/feeds.ts';

/** Every corpus that can be measured. A new one is a file in `sets/` and a line here. */
export const sets: readonly CorpusSet[] = [feeds];
