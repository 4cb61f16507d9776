import type { Scope, Value } from './ast.ts';
import type { TestId } from './vocabulary.ts';

/**
 * One term of a query, or several words of which any will do, with everything worked out that does not depend on a document. Equal
 * terms of all queries are one leaf. All kinds have all fields: the engine reads objects of one shape several times as fast.
 */
export interface Leaf {
  /** What equal terms have in common; '' of a group. */
  key: string;
  /** Places in queries where it stands. */
  uses: number;
  scope: Scope;
  /** `words`: next to each other in this order; `loose`: near each other in any order; `exact`: spelt so. */
  kind: 'words' | 'loose' | 'exact';
  /** Per word: the tests of which it must pass one. */
  steps: readonly (readonly TestId[])[];
  /** A hyphenated word written as one; empty for all else. */
  joined: readonly TestId[];
  /** Of `loose`: how many words may stand between its words. */
  slack: number;
  /** Of `exact`: as written, blanks made alike, without invisible characters; and its units before the first word and after the last. */
  value: string;
  lead: number;
  tail: number;
}

/** A part of a query that has places in a text. */
export type PlacedPlan =
  | { op: 'leaf'; leaf: Leaf }
  | { op: 'any'; items: readonly PlacedPlan[] }
  | { op: 'near'; ordered: boolean; distance: number; left: PlacedPlan; right: PlacedPlan }
  | { op: 'sentence'; left: PlacedPlan; right: PlacedPlan }
  | { op: 'not-near'; distance: number; left: PlacedPlan; right: PlacedPlan };

export type Plan =
  | PlacedPlan
  | { op: 'not'; item: Plan }
  | { op: 'and' | 'or'; items: readonly Plan[] }
  | { op: 'value'; field: string; value: Value };

export function eachLeaf(plan: Plan, visit: (leaf: Leaf) => void): void {
  switch (plan.op) {
    case 'leaf':
      return visit(plan.leaf);
    case 'and':
    case 'or':
    case 'any':
      for (const item of plan.items) eachLeaf(item, visit);
      return;
    case 'not':
      return eachLeaf(plan.item, visit);
    case 'value':
      return;
    default:
      eachLeaf(plan.left, visit);
      eachLeaf(plan.right, visit);
  }
}
