import type { AdaptedModel, AdaptedPart, AdaptedQuestion } from '../../model/adaptation.ts';
import type { ShiftFit } from './fit-shift.ts';

export interface FittedQuestion {
  name: AdaptedQuestion;
  answers: number;
  fit: ShiftFit;
}

const LARGEST = 127;

/** Fits of the questions that one model is asked, side by side, in steps of a 127th of the largest weight. */
export function partOf(
  about: { model: AdaptedModel; language: string; base: string; bits: number },
  fitted: readonly FittedQuestion[],
): AdaptedPart {
  const outputs = fitted.flatMap(({ answers, fit }) =>
    Array.from({ length: answers }, (_, answer) => ({ answer, fit })),
  );
  const scales = outputs.map(({ answer, fit }) => largestOf(fit, answer) / LARGEST);
  const features = [...new Set(fitted.flatMap(({ fit }) => [...fit.weights.keys()]))].sort((a, b) => a - b);
  const rounded = features
    .map((feature) => ({
      feature,
      weights: outputs.map(({ answer, fit }, output) =>
        Math.round((fit.weights.get(feature)?.[answer] ?? 0) / ((scales[output] as number) || 1)),
      ),
    }))
    .filter(({ weights }) => weights.some((weight) => weight !== 0));
  return {
    ...about,
    questions: fitted.map(({ name, answers }) => ({ name, answers })),
    rows: Uint32Array.from(rounded, ({ feature }) => feature),
    weights: Int8Array.from(rounded.flatMap(({ weights }) => weights)),
    scales: Float32Array.from(scales),
    biases: Float32Array.from(outputs, ({ answer, fit }) => fit.biases[answer] as number),
  };
}

function largestOf({ weights }: ShiftFit, answer: number): number {
  let most = 0;
  for (const one of weights.values()) most = Math.max(most, Math.abs(one[answer] as number));
  return most;
}
