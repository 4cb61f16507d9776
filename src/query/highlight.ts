import type { Morphology } from '../model/ports.ts';
import type { Query } from './ast.ts';
import { compileLeaf } from './compile.ts';
import { prepareField } from './document.ts';
import { findLeaf, type Range } from './occurrences.ts';
import { searchTerms } from './search-terms.ts';

/** Places of the query's positive terms in any text, whether or not all of it matches: ordered, apart from each other. */
export function highlight(text: string, query: Query, morphology: Morphology): Range[] {
  const field = prepareField(text, morphology);
  const terms = searchTerms(query, morphology).filter((term) => term.scope !== 'author');
  return mergeRanges(terms.flatMap((term) => findLeaf(compileLeaf(term.kind, term.text, morphology), field)));
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}
