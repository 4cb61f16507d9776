import { beforeAll, describe, expect, it } from 'vitest';
import { loadLexicons, parseRows } from '../../config/lexicons.ts';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { TagResources } from '../../src/model/ports.ts';

let resources: TagResources;
beforeAll(async () => {
  const morphology = await loadMorphology();
  resources = { morphology, ...(await loadLexicons(morphology)) };
});

describe('the word lists', () => {
  it('are read, with strengths in range', () => {
    const { sentiment, complaint } = resources;
    for (const lexicon of [sentiment.ru, sentiment.en]) {
      expect(lexicon.size).toBeGreaterThan(800);
      for (const weight of lexicon.values()) expect(Math.abs(weight)).toBeLessThanOrEqual(3);
    }
    expect(complaint.signs.size).toBeGreaterThan(800);
    expect(complaint.reasons.size).toBeGreaterThan(500);
  });

  it('name the file and line of an error', () => {
    expect(() => parseRows('# note\nплохой\t-2\nхороший 2\n', 'list.tsv', 2)).toThrow(/list\.tsv:3/);
  });
});
