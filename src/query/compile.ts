import { isTerm, type Query, type QueryNode, type Scope } from './ast.ts';
import { isSingleWord, type Leaves, type WordNode } from './leaves.ts';
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
      return node.items.every(isPlaced)
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

function isPlaced(node: QueryNode): boolean {
  if (node.type === 'or') return node.items.every(isPlaced);
  return isTerm(node) || node.type === 'near' || node.type === 'sentence' || node.type === 'not-near';
}

function compilePlaced(node: QueryNode, scope: Scope, leaves: Leaves): PlacedPlan {
  if (isTerm(node)) return { op: 'leaf', leaf: leaves.use(node, scope) };
  switch (node.type) {
    case 'or':
      return compileAny(node.items, scope, leaves);
    case 'near':
    case 'sentence':
    case 'not-near': {
      const left = compilePlaced(node.left, scope, leaves);
      const right = compilePlaced(node.right, scope, leaves);
      if (node.type === 'sentence') return { op: 'sentence', left, right };
      const { distance } = node;
      return node.type === 'near'
        ? { op: 'near', ordered: node.ordered, distance, left, right }
        : { op: 'not-near', distance, left, right };
    }
    default:
      throw new Error(`a ${node.type} has no place in a text`);
  }
}

/** Single words of a group are one leaf: it costs one look to see that there is none of them. */
function compileAny(nodes: readonly QueryNode[], scope: Scope, leaves: Leaves): PlacedPlan {
  const words = nodes.filter((node): node is WordNode => isTerm(node) && isSingleWord(node));
  if (words.length < 2) return { op: 'any', items: nodes.map((node) => compilePlaced(node, scope, leaves)) };
  const group: PlacedPlan = { op: 'leaf', leaf: leaves.useAny(words, scope) };
  const others = nodes.filter((node) => !(isTerm(node) && isSingleWord(node)));
  if (others.length === 0) return group;
  return { op: 'any', items: [group, ...others.map((node) => compilePlaced(node, scope, leaves))] };
}
