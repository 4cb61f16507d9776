import type { Answer, Answers, Classifier, OpinionText, OpinionToken } from '../../model/opinion.ts';
import type { Span } from '../../model/tag.ts';
import { largest, softmax } from '../probabilities.ts';

export const TONES = ['negative', 'neutral', 'positive'] as const;
export type Tone = (typeof TONES)[number];

/** Are those the answers to a question that asks for a tone? */
export function areTones(answers: readonly string[]): boolean {
  return answers.length === TONES.length && answers.every((answer, at) => answer === TONES[at]);
}

/** How a text sounds; of each of `TONES`. */
export interface ToneReading extends Answer {
  /** The one to give. */
  tone: Tone;
}

/**
 * People call other things neutral in a tweet about a bank than in news: the model has an opinion for each genre, and each
 * counts as much as the text is likely to be of it.
 */
export function readTone(classifier: Classifier, said: Answers): ToneReading {
  const genres = genresOf(classifier);
  const shares = said.get('genre')?.probabilities ?? [1];
  // A genre that nothing was learned of sounds like the first.
  const first = said.get(genres[0] as string) ?? NOTHING;
  return toneInAll(genres.map((genre, at) => [said.get(genre) ?? first, shares[at] ?? 0]));
}

/** What answers about tones come to, each with its share of 1: their geometric mean. */
export function toneInAll(parts: readonly (readonly [Answer, number])[]): ToneReading {
  const pool = (name: keyof Answer): number[] => {
    const odds = [0, 0, 0];
    for (const [answer, share] of parts)
      for (let tone = 0; tone < odds.length; tone += 1)
        odds[tone] = (odds[tone] as number) + share * Math.log(Math.max(LEAST, answer[name][tone] ?? 0));
    return softmax(odds);
  };
  return toneOf({ probabilities: pool('probabilities'), fair: pool('fair') });
}

/** An answer whose answers are `TONES`. */
export function toneOf({ probabilities, fair }: Answer): ToneReading {
  return { tone: TONES[largest(fair)] as Tone, probabilities, fair };
}

/** A tone is never impossible. */
const LEAST = 1e-4;

const NOTHING: Answer = { probabilities: [], fair: [] };

const SPANS_AT_MOST = 12;
/** Words that weigh less than this share of the weightiest did not decide. */
const DECIDING = 0.35;

/** The words that speak for the tone, in whatever genre, in the order of the text; none for a neutral one. */
export function decidingWords(classifier: Classifier, text: OpinionText, tone: Tone): Span[] {
  if (tone === 'neutral') return [];
  const answer = TONES.indexOf(tone);
  const weights = classifier.weigh(text, answer);
  let most = 0;
  for (const weight of weights) most = Math.max(most, weight);
  const deciding: { weight: number; token: OpinionToken }[] = [];
  for (let at = 0; at < weights.length; at += 1) {
    const [weight, token] = [weights[at] as number, text.tokens[at] as OpinionToken];
    if (weight > 0 && weight >= most * DECIDING && !token.form.startsWith('<'))
      deciding.push({ weight, token });
  }
  return deciding
    .sort((one, two) => two.weight - one.weight)
    .slice(0, SPANS_AT_MOST)
    .map(({ token: { field, start, end } }) => ({ field, start, end }))
    .sort((one, two) => one.start - two.start);
}

function genresOf(classifier: Classifier): readonly string[] {
  const genres = classifier.answers('genre');
  return genres.length > 0 ? genres : ['post'];
}
