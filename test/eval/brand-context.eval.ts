import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { createContextCheck } from '../../src/query/context/check.ts';
import { loadContextModel } from '../../src/query/context/model.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { mustParse } from '../query/samples.ts';

interface Sentence {
  brand: string;
  about: string;
  mention: boolean;
  text: string;
}

function readJson(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

// Written after the model was made, of brands that it never saw; never used to change it.
const sentences = readJson('./data/brand-context.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sentence);
const floors = JSON.parse(readJson('./baseline.json')) as Record<string, number>;

describe('quality floors', () => {
  it('context of ambiguous names', async () => {
    const morphology = await loadMorphology();
    const model = loadContextModel(morphology);
    const told = sentences.map(({ brand, about, text }) => {
      const check = createContextCheck(model, { name: brand, about, examples: [] });
      const found = evaluate(mustParse(brand), { text }, morphology);
      return found.matched && found.spans.some((span) => check(text, span).probability >= 0.5);
    });
    const right = sentences.filter(({ mention }, at) => told[at] === mention).length / sentences.length;
    const floor = floors['brandContext.accuracy'];
    expect(floor).toBeDefined();
    expect(right, `brandContext.accuracy: ${right.toFixed(3)}`).toBeGreaterThanOrEqual(floor ?? 1);
  });
});
