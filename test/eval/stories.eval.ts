import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changedCopies, composedOriginals, createWriters } from '../../corpus/copies/cases.ts';
import { measureCopies } from '../../corpus/copies/measure.ts';
import { createMemoryStories } from '../../src/understand/stories/memory-stories.ts';

const floors = JSON.parse(readFileSync(new URL('./baseline.json', import.meta.url), 'utf8')) as Record<
  string,
  number
>;

describe('quality floors', () => {
  it('copies changed in fifteen ways are found among posts of one form', () => {
    const writers = createWriters(4711);
    const cases = changedCopies(composedOriginals(200, writers), 60, writers);
    const stories = createMemoryStories();
    const { precision, recall } = measureCopies(cases, (at, text) => stories.add(at, text).story);
    expect(precision, `stories.precision: ${precision.toFixed(4)}`).toBeGreaterThanOrEqual(
      floors['stories.precision'] ?? 1,
    );
    expect(recall, `stories.recall: ${recall.toFixed(4)}`).toBeGreaterThanOrEqual(
      floors['stories.recall'] ?? 1,
    );
  });
});
