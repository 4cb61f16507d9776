import type { Morphology } from '../model/ports.ts';
import { COMMON_WORDS } from './common-words.ts';
import { plainHost } from './facts.ts';
import type { Leaf, Plan } from './plan.ts';
import type { TestId } from './vocabulary.ts';

/** Something of which every matching document has at least one: words that pass a test, or a site. */
export interface Clause {
  tests: readonly TestId[];
  /** Of the document's host or one above it. */
  sites: readonly string[];
}

const NO_SITES: readonly string[] = [];

/** How many documents a clause lets through, in any unit. */
export type Weigh = (clause: Clause) => number;

/**
 * What every matching document must have, a word of each clause: a conjunctive form that leaves out whatever a word alone does not
 * decide (order, nearness, exclusions). Empty when nothing is required.
 */
export function requiredClauses(plan: Plan, weigh: Weigh): Clause[] {
  const inside = (item: Plan): Clause[] => requiredClauses(item, weigh);
  switch (plan.op) {
    case 'leaf':
      return leafClauses(plan.leaf, weigh);
    case 'and':
      return plan.items.flatMap(inside);
    case 'or':
    case 'any':
      return anyOf(plan.items.map(inside), weigh);
    case 'not':
      return [];
    case 'value':
      return plan.field === 'site' && plan.value.kind === 'name'
        ? [{ tests: [], sites: [plainHost(plan.value.name)] }]
        : [];
    case 'not-near':
      return inside(plan.left);
    default:
      return [...inside(plan.left), ...inside(plan.right)];
  }
}

function leafClauses(leaf: Leaf, weigh: Weigh): Clause[] {
  const clauses = leaf.steps.map((tests) => ({ tests, sites: NO_SITES }));
  // Written as one word it has none of its parts.
  return leaf.joined.length > 0
    ? anyOf([clauses, [{ tests: leaf.joined, sites: NO_SITES }]], weigh)
    : clauses;
}

/** One clause at most: of each alternative the narrowest. */
function anyOf(alternatives: readonly (readonly Clause[])[], weigh: Weigh): Clause[] {
  const tests = new Set<TestId>();
  const sites = new Set<string>();
  for (const clauses of alternatives) {
    const best = narrowest(clauses, weigh);
    if (best === null) return [];
    for (const test of best.tests) tests.add(test);
    for (const site of best.sites) sites.add(site);
  }
  return [{ tests: [...tests], sites: sites.size === 0 ? NO_SITES : [...sites] }];
}

/** The clause that the fewest documents are expected to pass; null of none. */
export function narrowest(clauses: readonly Clause[], weigh: Weigh): Clause | null {
  let best: Clause | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const clause of clauses) {
    const weight = weigh(clause);
    if (weight < least) [best, least] = [clause, weight];
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
