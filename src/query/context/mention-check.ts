import { tokenize } from '../../lib/tokens.ts';
import type { Morphology } from '../../model/ports.ts';
import type { Span } from '../../model/tag.ts';
import { lemmaKeys, meantKeys } from '../word-keys.ts';
import { type ContextCheck, type ContextModel, createContextCheck, type TopicContext } from './check.ts';
import type { TextSpan } from './features.ts';

export interface MentionVerdict {
  isMeant: boolean;
  /** Of the likeliest place; 1 when there is no place to judge. */
  probability: number;
  /** What decided there, the weightiest first; in logits. */
  words: { word: string; weight: number }[];
}

/** Is the brand meant at one of the places that the query found in a document? */
export type MentionCheck = (
  document: { title?: string | null; text: string },
  spans: readonly Span[],
) => MentionVerdict;

/** A text that names the brand twenty times has made its point. */
const PLACES_AT_MOST = 20;
const MEANT = 0.5;

export function createMentionCheck(model: ContextModel, context: TopicContext): MentionCheck {
  const check = createContextCheck(model, context);
  const findPlaces = createPlaceFinder(context.name, model.morphology);
  return ({ title, text }, spans) => {
    let best: MentionVerdict | null = null;
    for (const field of ['title', 'text'] as const) {
      const words = field === 'title' ? (title ?? '') : text;
      const inField = spans.filter((span) => span.field === field);
      best = likeliest(check, words, findPlaces(words, inField), best);
    }
    return best ?? { isMeant: true, probability: 1, words: [] };
  };
}

function likeliest(
  check: ContextCheck,
  text: string,
  places: readonly TextSpan[],
  so: MentionVerdict | null,
): MentionVerdict | null {
  let best = so;
  for (const place of places.slice(0, PLACES_AT_MOST)) {
    const { probability, words } = check(text, place);
    if (best === null || probability > best.probability)
      best = { isMeant: probability >= MEANT, probability, words };
  }
  return best;
}

/** Of the places that a query found, those where the brand's own name stands; all of them where none does. */
export function createPlaceFinder(
  name: string,
  morphology: Morphology,
): (text: string, places: readonly TextSpan[]) => readonly TextSpan[] {
  const named = new Set(tokenize(name).flatMap(({ word }) => meantKeys(word, morphology)));
  return (text, places) => {
    const own = places.filter(({ start, end }) =>
      tokenize(text.slice(start, end)).some(({ word }) =>
        lemmaKeys(word, morphology).some((lemma) => named.has(lemma)),
      ),
    );
    return own.length > 0 ? own : places;
  };
}
