import type { LanguageTag } from '../../model/tag.ts';
import { largest } from '../probabilities.ts';
import type { LanguageModel } from './model.ts';

/** Raises the odds of `code` by e^`logOdds`, in place; a language that the model does not know changes nothing. */
export function raise(
  { codes }: LanguageModel,
  probabilities: Float64Array,
  code: string,
  logOdds: number,
): void {
  const at = codes.indexOf(code);
  if (at < 0) return;
  const raised = (probabilities[at] ?? 0) * Math.exp(logOdds);
  const total = 1 - (probabilities[at] ?? 0) + raised;
  probabilities[at] = raised;
  for (let index = 0; index < probabilities.length; index += 1)
    probabilities[index] = (probabilities[index] ?? 0) / total;
}

/** The most probable class; its probability, rounded, is the confidence. */
export function bestOf({ codes }: LanguageModel, probabilities: Float64Array): LanguageTag {
  const best = largest(probabilities);
  return { code: codes[best] ?? 'und', confidence: Math.round((probabilities[best] ?? 0) * 100) / 100 };
}
