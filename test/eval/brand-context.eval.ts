import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { createContextCheck } from '../../src/query/context/check.ts';
import { loadContextModel } from '../../src/query/context/model.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { mustParse } from '../query/samples.ts';
import { expectAtLeast } from './floors.ts';

interface Sentence {
  brand: string;
  about: string;
  mention: boolean;
  text: string;
}

// Written after the model was made, of brands that it never saw; never used to change it.
const sentences = readFileSync(new URL('./data/brand-context.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sentence);

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
    expectAtLeast('brandContext.accuracy', right);
  });
});
