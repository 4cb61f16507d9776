import { describe, it } from 'vitest';
import { changedCopies, composedOriginals, createWriters } from '../../corpus/copies/cases.ts';
import { measureCopies } from '../../corpus/copies/measure.ts';
import { createMemoryStories } from '../../src/understand/stories/memory-stories.ts';
import { expectAtLeast } from './floors.ts';

describe('quality floors', () => {
  it('copies changed in fifteen ways are found among posts of one form', () => {
    const writers = createWriters(4711);
    const cases = changedCopies(composedOriginals(200, writers), 60, writers);
    const stories = createMemoryStories();
    const { precision, recall } = measureCopies(cases, (at, text) => stories.add(at, text).story);
    expectAtLeast('stories.precision', precision);
    expectAtLeast('stories.recall', recall);
  });
});
