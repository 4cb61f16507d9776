import type { Scope, Value } from './ast.ts';
import type { TestId } from './vocabulary.ts';

/** One term of a query, with everything worked out that does not depend on a document. Equal terms of all queries are one leaf. */
export type Leaf = { id: number; scope: Scope } & (
  | {
      kind: 'words';
      /** Per word: the tests of which it must pass one. */
      steps: readonly (readonly TestId[])[];
      /** A hyphenated word written as one; empty for all else. */
      joined: readonly TestId[];
    }
  | { kind: 'loose'; steps: readonly (readonly TestId[])[]; slack: number }
  | {
      kind: 'exact';
      /** As written, blanks made alike, without invisible characters. */
      value: string;
      /** Test of each word's spelling. */
      words: readonly TestId[];
      /** Units of `value` before its first word and after its last one. */
      lead: number;
      tail: number;
    }
);

/** A part of a query that has places in a text. */
export type PlacedPlan =
  | { op: 'leaf'; leaf: Leaf }
  | { op: 'any'; items: readonly PlacedPlan[] }
  | { op: 'near'; ordered: boolean; distance: number; left: PlacedPlan; right: PlacedPlan; scope: Scope }
  | { op: 'sentence'; left: PlacedPlan; right: PlacedPlan; scope: Scope }
  | { op: 'not-near'; distance: number; left: PlacedPlan; right: PlacedPlan; scope: Scope };

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
