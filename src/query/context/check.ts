import type { Morphology } from '../../model/ports.ts';
import { type Brand, createFeatureReader, type Feature, type TextSpan } from './features.ts';
import { type Example, fitWeights, probability, type Weights } from './logistic.ts';

/** A sentence that the person judged: must it be caught at this place? */
export interface TopicExample {
  text: string;
  span: TextSpan;
  isBrand: boolean;
}

/** What the check knows of a topic. */
export interface TopicContext extends Brand {
  examples: readonly TopicExample[];
}

export interface ContextVerdict {
  /** That the brand is meant, 0 to 1. From a half on it counts as a mention. */
  probability: number;
  /** What decided, the weightiest first. Weight in logits: above 0 speaks for the brand. */
  words: { word: string; weight: number }[];
}

export type ContextCheck = (text: string, span: TextSpan) => ContextVerdict;

/** What a new topic starts from: weights that hold for brands in general. */
export interface ContextModel {
  weights: Weights;
  morphology: Morphology;
}

const WORDS_SHOWN = 5;
/** Below that a word decided nothing. */
const LEAST_WEIGHT = 0.1;
/**
 * A handful of sentences tells which words stand near this brand, and nothing of how often it is meant or how names are spelt:
 * measured on brands left out, learning those too made the check worse.
 */
const FROM_EXAMPLES = {
  rounds: 40,
  rate: 0.5,
  pull: 0.02,
  learns: (key: string) => key.startsWith('word='),
};
const HEAVIEST = 2;

/** Works without examples; with them it learns what this brand's texts are like. */
export function createContextCheck(model: ContextModel, topic: TopicContext): ContextCheck {
  const read = createFeatureReader(topic, model.morphology);
  const weights = learnFrom(model, readExamples(model, topic));
  return (text, span) => {
    const features = read(text, span);
    return { probability: probability(keysOf(features), weights), words: deciding(features, weights) };
  };
}

/** The signs of an example, and whether the brand is meant there. */
export type ReadExample = Pick<Example, 'keys' | 'positive'>;

export function readExamples({ morphology }: ContextModel, topic: TopicContext): ReadExample[] {
  const read = createFeatureReader(topic, morphology);
  return topic.examples.map(({ text, span, isBrand }) => ({
    keys: keysOf(read(text, span)),
    positive: isBrand,
  }));
}

/** Weights for a brand: the general ones, changed by its examples. */
export function learnFrom({ weights }: ContextModel, examples: readonly ReadExample[]): Weights {
  const brands = examples.filter(({ positive }) => positive).length;
  const learnt = examples.map(({ keys, positive }): Example => {
    // Both kinds count the same, however many there are of each.
    const alike = positive ? brands : examples.length - brands;
    return { keys, positive, weight: Math.min(HEAVIEST, examples.length / 2 / alike) };
  });
  return fitWeights(learnt, weights, FROM_EXAMPLES);
}

function keysOf(features: readonly Feature[]): string[] {
  return features.map(({ key }) => key);
}

/** Words with the sum of the signs that they gave. */
function deciding(features: readonly Feature[], weights: Weights): { word: string; weight: number }[] {
  const sums = new Map<string, number>();
  for (const { key, word } of features)
    if (word !== '') sums.set(word, (sums.get(word) ?? 0) + (weights.get(key) ?? 0));
  return [...sums]
    .map(([word, weight]) => ({ word, weight }))
    .filter(({ weight }) => Math.abs(weight) >= LEAST_WEIGHT)
    .sort((one, two) => Math.abs(two.weight) - Math.abs(one.weight))
    .slice(0, WORDS_SHOWN);
}
