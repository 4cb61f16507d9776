import type { StoryText } from './blocks.ts';
import { judgeLikeness, type Likeness } from './judge.ts';

/** A text by which a story is known: its first one, or a fuller one. */
export interface Representative extends StoryText {
  id: number;
  storyId: number;
}

export interface Match<Known extends Representative = Representative> {
  representative: Known;
  likeness: Likeness;
}

/** So many texts that share at least this are looked at. */
export const MOST_CANDIDATES = 6;
/** A passage that stands in so many stories is nobody's: a rule, a prayer, what a company says of itself. */
const COMMON_PASSAGE = 3;

function score({ relation, ofFirst, ofOther }: Likeness): number {
  return (relation === 'quotation' ? 0 : 2) + Math.max(ofFirst, ofOther) + Math.min(ofFirst, ofOther) / 2;
}

/** The story that a text tells, or quotes; null when it tells one of its own. Candidates come the most alike first. */
export function chooseStory<Known extends Representative>(
  text: StoryText,
  candidates: readonly Known[],
): Match<Known> | null {
  let best: Match<Known> | null = null;
  const quoted = new Set<number>();
  for (const representative of candidates) {
    const likeness = judgeLikeness(representative, text);
    if (!likeness) continue;
    if (likeness.relation === 'quotation') quoted.add(representative.storyId);
    if (!best || score(likeness) > score(best.likeness)) best = { representative, likeness };
  }
  return best?.likeness.relation === 'quotation' && quoted.size >= COMMON_PASSAGE ? null : best;
}
