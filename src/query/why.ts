import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import { isTerm, partsOf, type Query, type QueryNode, type QueryRange, type Scope } from './ast.ts';
import { compileNode } from './compile.ts';
import type { QueryableDocument } from './document.ts';
import { evaluatePlan } from './evaluate.ts';
import { formatNode } from './format.ts';
import { createLeaves, type Leaves } from './leaves.ts';
import { Reader } from './reader.ts';
import { createVocabulary } from './vocabulary.ts';

/** One part of a query held against one document. */
export interface Why {
  /** The part in canonical spelling, and where it stands in the query. */
  text: string;
  at: QueryRange;
  holds: boolean;
  /** Where its terms stand in the document. */
  spans: Span[];
  parts: Why[];
}

/** Part by part: what of the query the document has, and what it has not. */
export function whyMatches(query: Query, document: QueryableDocument, morphology: Morphology): Why {
  const leaves = createLeaves(createVocabulary(morphology));
  const nodes: { node: QueryNode; scope: Scope }[] = [];
  gather(query.root, 'any', nodes);
  // All parts are compiled before the document is read: it is read for what they ask.
  const plans = new Map(nodes.map(({ node, scope }) => [node, compileNode(node, scope, leaves)]));
  const reader = readFor(leaves, document);
  const judge = (node: QueryNode): Why => {
    const plan = plans.get(node);
    const verdict = plan ? evaluatePlan(plan, reader) : { matched: false as const };
    return {
      text: formatNode(node),
      at: node.at,
      holds: verdict.matched,
      spans: verdict.matched ? verdict.spans : [],
      parts: isTerm(node) ? [] : partsOf(node).map(judge),
    };
  };
  return judge(query.root);
}

function gather(node: QueryNode, scope: Scope, nodes: { node: QueryNode; scope: Scope }[]): void {
  nodes.push({ node, scope });
  const inside = node.type === 'field' ? node.field : scope;
  if (!isTerm(node)) for (const part of partsOf(node)) gather(part, inside, nodes);
}

function readFor({ vocabulary }: Leaves, document: QueryableDocument): Reader {
  return new Reader(vocabulary).read(document);
}

/**
 * The smallest part that decided that a query does not match: the first condition of an AND that fails, all alternatives of an
 * OR, what an exclusion found. null when it matches.
 */
export function firstFailure(why: Why, query: Query): Why | null {
  return why.holds ? null : failureIn(why, query.root);
}

function failureIn(why: Why, node: QueryNode): Why {
  if (node.type === 'and' || node.type === 'field') {
    const parts = partsOf(node);
    const at = why.parts.findIndex((part) => !part.holds);
    const [part, inner] = [why.parts[at], parts[at]];
    return part && inner ? failureIn(part, inner) : why;
  }
  if (node.type === 'near' || node.type === 'sentence') {
    // Both are there, but not together; or one is missing.
    const missing = why.parts.find((part) => !part.holds);
    return missing ?? why;
  }
  return why;
}
