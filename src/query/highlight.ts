import type { Morphology } from '../model/ports.ts';
import { isTerm, partsOf, type Query, type QueryNode } from './ast.ts';
import { compileNode } from './compile.ts';
import { createLeaves } from './leaves.ts';
import { findLeaf } from './occurrences.ts';
import { eachLeaf } from './plan.ts';
import { Reader } from './reader.ts';
import { createVocabulary } from './vocabulary.ts';

export interface Range {
  start: number;
  end: number;
}

/** Places of the query's positive terms in any text, whether or not all of it matches: ordered, apart from each other. */
export function createHighlighter(query: Query, morphology: Morphology): (text: string) => Range[] {
  const leaves = createLeaves(createVocabulary(morphology));
  const plans = positiveTerms(query.root).map((node) => compileNode(node, 'any', leaves));
  const reader = new Reader(leaves.vocabulary);
  return (text) => {
    reader.read({ text });
    const found: Range[] = [];
    for (const plan of plans)
      eachLeaf(plan, (leaf) => {
        for (const place of findLeaf(leaf, reader)) found.push(reader.spanOf(place) ?? { start: 0, end: 0 });
      });
    return mergeRanges(found);
  };
}

/** Terms of title and text, those under NOT and to the right of NOT NEAR left out. */
export function positiveTerms(node: QueryNode): QueryNode[] {
  if (isTerm(node)) return [node];
  if (node.type === 'not' || (node.type === 'field' && (node.field === 'author' || node.field === 'handle')))
    return [];
  return (node.type === 'not-near' ? [node.left] : partsOf(node)).flatMap(positiveTerms);
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
