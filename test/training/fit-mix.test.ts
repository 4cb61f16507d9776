import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/lib/random.ts';
import { answerTo } from '../../src/understand/classifier/model.ts';
import { fitMix } from '../../training/fit-mix.ts';

const random = randomFrom(1);
/** The first three sources know the answer, the fourth knows nothing. */
const EXAMPLES = Array.from({ length: 300 }, (_, at) => {
  const answer = at % 3;
  const own = [0, 1, 2].map((one) => (one === answer ? 1 : 0) + random() - 0.5);
  return { answer, sources: [...own, random() - 0.5] };
});

describe('the mix of opinions', () => {
  const mix = fitMix(EXAMPLES, 3, 'accuracy', 0);
  const answers = ['a', 'b', 'c'];
  const tell = (sources: readonly number[]) =>
    answerTo({ answers, from: 0, blend: mix }, Float64Array.from(sources.slice(0, 3)), sources.slice(3)).fair;

  it('believes those that know', () => {
    const right = EXAMPLES.filter(({ sources, answer }) => {
      const said = tell(sources);
      return said.indexOf(Math.max(...said)) === answer;
    });
    expect(right.length / EXAMPLES.length).toBeGreaterThan(0.8);
    const sizeOf = (source: number): number =>
      mix.weights.reduce((sum, row) => sum + Math.abs(row[source] ?? 0), 0);
    expect(sizeOf(3)).toBeLessThan(sizeOf(0) / 3);
  });

  it('gives probabilities', () => {
    expect(tell([9, -9, 0, 4]).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  });
});
