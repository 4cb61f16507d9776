import type { Correction, Said } from '../model/correction.ts';
import type { SentimentLabel, Tag } from '../model/tag.ts';

type Word = Pick<Correction, 'kind' | 'target' | 'by' | 'at'> & { after: Said };

/** A tone that somebody has decided, not estimated. */
const SCORES: Readonly<Record<SentimentLabel, number>> = { negative: -1, neutral: 0, positive: 1, unsure: 0 };

/** What becomes certain of a value when a person says something of it. */
const CERTAIN: Readonly<Record<string, (said: Said) => object>> = {
  sentiment: ({ label }) => ({
    score: SCORES[label as SentimentLabel],
    confidence: 1,
    // Of the three, one that is not sure is none.
    ...(label === 'unsure' ? {} : { best: label }),
  }),
  complaint: ({ isComplaint }) =>
    isComplaint === undefined
      ? {}
      : isComplaint === true
        ? { probability: 1, level: 'alert' }
        : { probability: 0, level: 'none' },
  kind: () => ({ confidence: 1 }),
  language: () => ({ confidence: 1 }),
};

/** The tagger's value with what a person has said in its place; the rest stays. */
export function correctedValue(kind: string, tagger: unknown, said: Said): unknown {
  return { ...Object(tagger), ...said, ...CERTAIN[kind]?.(said) };
}

/** What the tagger says, whoever has corrected it. */
export function taggersValue(tag: Tag): unknown {
  return tag.corrected ? tag.corrected.tagger : tag.value;
}

/** What taggers say, with what people have said over it: one correction of each tag at most. Pure. */
export function applyCorrections(tags: readonly Tag[], corrections: readonly Word[]): Tag[] {
  return tags.map((tag) => {
    const { corrected: _, ...own } = tag;
    const tagger = taggersValue(tag);
    const word = corrections.find(({ kind, target }) => kind === tag.kind && target === tag.target);
    if (!word) return { ...own, value: tagger };
    const value = correctedValue(tag.kind, tagger, word.after);
    return { ...own, value, corrected: { by: word.by, at: word.at.toISOString(), tagger } };
  });
}
