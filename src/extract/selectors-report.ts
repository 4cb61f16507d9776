import { errorCode } from '../lib/errors.ts';
import type { PlaceProblem, PlaceReport, SelectorPlace } from '../model/selectors.ts';
import type { TreeNode } from './page-tree.ts';
import { SelectorError } from './selector-mistake.ts';
import { checkSelector, isFromTop, type Picked, pick, wordsOf } from './selectors-pick.ts';

/** One selector asked in several places of a page. */
export interface Search {
  place: SelectorPlace;
  selector: string;
  /** What it found in each. */
  found: Picked[][];
  /** Why it could not be asked. */
  failure: Pick<PlaceReport, 'mistake' | 'problem'>;
}

/** A selector that is too slow is given up at the first place that says so. */
export function search(place: SelectorPlace, selector: string, scopes: readonly TreeNode[]): Search {
  try {
    checkSelector(selector);
    return { place, selector, found: scopes.map((scope) => pick(selector, scope)), failure: {} };
  } catch (error) {
    const failed = { place, selector, found: scopes.map(() => []) };
    if (error instanceof SelectorError) return { ...failed, failure: { mistake: error.mistake } };
    if (errorCode(error) === 'slow-selector') return { ...failed, failure: { problem: 'slow' } };
    throw error;
  }
}

const UNUSABLE: Partial<Record<SelectorPlace, PlaceProblem>> = {
  date: 'no-date',
  permalink: 'no-address',
  link: 'no-address',
  next: 'no-address',
  profile: 'no-address',
  rating: 'no-rating',
};
const OF_PAGE = new Set<SelectorPlace>(['item', 'next']);
const NAMES_ITEM = new Set<SelectorPlace>(['id', 'permalink']);

/** What is the matter with a selector that can be read. */
function problemOf(
  { place, selector, found }: Search,
  matches: number,
  usable: readonly unknown[],
): PlaceProblem | undefined {
  const isRepeated = found.length > 1 && !OF_PAGE.has(place);
  if (found.length === 0) return undefined;
  if (isRepeated && isFromTop(selector)) return 'whole-page';
  if (matches === 0) return 'nothing';
  if (usable.length === 0) return UNUSABLE[place] ?? 'empty';
  if (place === 'text' && usable.length < found.length) return 'some-empty';
  return NAMES_ITEM.has(place) && new Set(usable).size < usable.length ? 'repeated' : undefined;
}

const EXAMPLE_CHARS = 200;

/** How a selector did. `values` are what its places could use of what it found, undefined or '' where nothing. */
export function reportOf(done: Search, values: readonly unknown[]): PlaceReport {
  const all = done.found.flat();
  const usable = values.filter((value) => value !== undefined && value !== '');
  const example = all.map(wordsOf).find((words) => words !== '');
  const hasFailed = done.failure.mistake !== undefined || done.failure.problem !== undefined;
  const problem = hasFailed ? undefined : problemOf(done, all.length, usable);
  return {
    place: done.place,
    matches: all.length,
    filled: usable.length,
    of: done.found.length,
    ...(example === undefined ? {} : { example: example.slice(0, EXAMPLE_CHARS).toWellFormed() }),
    ...(problem === undefined ? {} : { problem }),
    ...done.failure,
  };
}
