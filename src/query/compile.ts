import { isTerm, type Query, type QueryNode, type Scope } from './ast.ts';
import type { Leaves } from './leaves.ts';
import type { PlacedPlan, Plan } from './plan.ts';

/** Turns words into tests once, for use on many documents. `saved:` must have been put in place before (`saved.ts`). */
export function compileQuery(query: Query, leaves: Leaves): Plan {
  return compileNode(query.root, 'any', leaves);
}

export function compileNode(node: QueryNode, scope: Scope, leaves: Leaves): Plan {
  switch (node.type) {
    case 'and':
      return { op: 'and', items: node.items.map((item) => compileNode(item, scope, leaves)) };
    case 'or':
      return node.items.every(isTerm)
        ? compilePlaced(node, scope, leaves)
        : { op: 'or', items: node.items.map((item) => compileNode(item, scope, leaves)) };
    case 'not':
      return { op: 'not', item: compileNode(node.item, scope, leaves) };
    case 'field':
      return compileNode(node.item, node.field, leaves);
    case 'value':
      return { op: 'value', field: node.field, value: node.value };
    case 'saved':
      throw new Error(`the topic "${node.name}" was not put in place of its name`);
    default:
      return compilePlaced(node, scope, leaves);
  }
}

function compilePlaced(node: QueryNode, scope: Scope, leaves: Leaves): PlacedPlan {
  if (isTerm(node)) return { op: 'leaf', leaf: leaves.use(node, scope) };
  switch (node.type) {
    case 'or':
      return { op: 'any', items: node.items.map((item) => compilePlaced(item, scope, leaves)) };
    case 'near':
    case 'sentence':
    case 'not-near': {
      const left = compilePlaced(node.left, scope, leaves);
      const right = compilePlaced(node.right, scope, leaves);
      if (node.type === 'sentence') return { op: 'sentence', left, right, scope };
      const { distance } = node;
      return node.type === 'near'
        ? { op: 'near', ordered: node.ordered, distance, left, right, scope }
        : { op: 'not-near', distance, left, right, scope };
    }
    default:
      throw new Error(`a ${node.type} has no place in a text`);
  }
}
