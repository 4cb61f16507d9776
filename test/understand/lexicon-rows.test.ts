import { beforeAll, describe, expect, it } from 'vitest';
import { loadLexicons, parseRows } from '../../config/lexicons.ts';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { SignList } from '../../src/model/ports.ts';

let complaint: SignList;
beforeAll(async () => {
  const morphology = await loadMorphology();
  complaint = (await loadLexicons(morphology)).complaint;
});

describe('the word lists', () => {
  it('are read, with strengths in range', () => {
    expect(complaint.weights.size).toBeGreaterThan(800);
    for (const weight of complaint.weights.values()) expect(Math.abs(weight)).toBeLessThanOrEqual(3);
    expect(complaint.labels.size).toBeGreaterThan(500);
  });

  it('name the file and line of an error', () => {
    expect(() => parseRows('# note\nплохой\t-2\nхороший 2\n', 'list.tsv', 2)).toThrow(/list\.tsv:3/);
  });
});
