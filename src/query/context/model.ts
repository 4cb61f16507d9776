import type { Morphology } from '../../model/ports.ts';
import type { ContextModel } from './check.ts';
import type { Weights } from './logistic.ts';
import { WEIGHTS } from './weights.ts';

/** The model that ships: see docs/topics.md for what it was made from. */
export function loadContextModel(morphology: Morphology): ContextModel {
  return { weights: parseWeights(WEIGHTS), morphology };
}

/** Lines of a weight and its sign: `1.62 case=name middle`; the bias has no sign. */
export function parseWeights(lines: string): Weights {
  return new Map(
    lines
      .trim()
      .split('\n')
      .map((line): [string, number] => {
        const space = line.indexOf(' ');
        return space < 0 ? ['', Number(line)] : [line.slice(space + 1), Number(line.slice(0, space))];
      }),
  );
}

export function formatWeights(weights: Weights): string {
  return [...weights].map(([key, weight]) => `${weight.toFixed(2)} ${key}`.trim()).join('\n');
}
