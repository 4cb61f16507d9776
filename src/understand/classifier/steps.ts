import { hashText } from '../../lib/hash32.ts';
import type { FeatureBuffer } from './feature-buffer.ts';

/** A number told as signs: one for every step that it reaches, so that more is never less. */
export interface Steps {
  size: number;
  /** Signs of values above and below nought, the nearest first: their hashes. */
  above: Int32Array;
  below: Int32Array;
}

/** At most `most` signs, `size` apart, of the family with that seed. */
export function stepsOf(seed: number, name: string, size: number, most: number): Steps {
  const signs = (side: string) =>
    Int32Array.from({ length: most }, (_, at) => hashText(`${name} ${side}${at + 1}`, seed));
  return { size, above: signs('+'), below: signs('−') };
}

export function pushSteps(buffer: FeatureBuffer, { size, above, below }: Steps, value: number): void {
  const signs = value > 0 ? above : below;
  const reached = Math.min(signs.length, Math.floor(Math.abs(value) / size));
  for (let at = 0; at < reached; at += 1) buffer.push(signs[at] as number);
}
