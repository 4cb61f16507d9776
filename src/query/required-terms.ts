import type { Morphology } from '../model/ports.ts';
import { COMMON_WORDS } from './common-words.ts';
import { plainHost } from './facts.ts';
import type { Leaf, Plan } from './plan.ts';
import type { TestId } from './vocabulary.ts';

/** Something of which every matching document has at least one. */
export interface Required {
  tests: readonly TestId[];
  /** Of the document's host or one above it. */
  sites: readonly string[];
}

/** How many documents are expected to pass a test, in any unit. */
export type Frequency = (test: TestId) => number;

const SITE_FREQUENCY = 10;

/** null when there is nothing that every matching document must have: such a query is held against all of them. */
export function requiredTerms(plan: Plan, frequency: Frequency): Required | null {
  switch (plan.op) {
    case 'leaf':
      return leafTerms(plan.leaf, frequency);
    case 'not':
      return null;
    case 'and':
      return rarest(
        plan.items.map((item) => requiredTerms(item, frequency)),
        frequency,
      );
    case 'or':
    case 'any':
      return union(plan.items.map((item) => requiredTerms(item, frequency)));
    case 'value':
      return plan.field === 'site' && plan.value.kind === 'name'
        ? { tests: [], sites: [plainHost(plan.value.name)] }
        : null;
    case 'not-near':
      return requiredTerms(plan.left, frequency);
    default:
      return rarest([requiredTerms(plan.left, frequency), requiredTerms(plan.right, frequency)], frequency);
  }
}

function leafTerms(leaf: Leaf, frequency: Frequency): Required | null {
  const steps = leaf.kind === 'exact' ? leaf.words.map((word) => [word]) : leaf.steps;
  const best = rarest(
    steps.map((tests) => ({ tests, sites: [] })),
    frequency,
  );
  if (best === null || leaf.kind !== 'words') return best;
  return { ...best, tests: [...best.tests, ...leaf.joined] };
}

function union(lists: readonly (Required | null)[]): Required | null {
  const tests = new Set<TestId>();
  const sites = new Set<string>();
  for (const list of lists) {
    if (list === null) return null;
    for (const test of list.tests) tests.add(test);
    for (const site of list.sites) sites.add(site);
  }
  return { tests: [...tests], sites: [...sites] };
}

/** The list that the fewest documents are expected to touch. */
function rarest(lists: readonly (Required | null)[], frequency: Frequency): Required | null {
  let best: Required | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const list of lists) {
    if (list === null) continue;
    const expected = list.tests.reduce(
      (sum, test) => sum + frequency(test),
      list.sites.length * SITE_FREQUENCY,
    );
    if (expected < least) [best, least] = [list, expected];
  }
  return best;
}

/**
 * A guess at how common a word is, for as long as few documents were seen: names, which no dictionary knows, are rare; of known
 * words the longer ones are.
 */
export function guessFrequency(word: string, morphology: Morphology): number {
  if (COMMON_WORDS.has(word)) return 500;
  return (morphology.isKnown(word) ? 30 : 5) / (1 + word.length);
}
