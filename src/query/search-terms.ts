import { foldWord } from '../lib/fold.ts';
import { tokenize } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';
import type { NodeOf, Query, QueryNode, Scope } from './ast.ts';
import { slotLemmas } from './document.ts';

/** A positive term of a query, as a search index needs it. */
export interface SearchTerm {
  kind: 'word' | 'exact' | 'phrase' | 'prefix';
  scope: Scope;
  /** As written in the query. */
  text: string;
  /** Its words in order: folded, with every lemma, most likely first; a prefix stands for itself. */
  words: { word: string; lemmas: readonly string[] }[];
}

/** What must or may occur; terms under NOT, sites and languages are left out. */
export function searchTerms(query: Query, morphology: Morphology): SearchTerm[] {
  return collectTerms(query.root, 'any', morphology);
}

function collectTerms(node: QueryNode, scope: Scope, morphology: Morphology): SearchTerm[] {
  switch (node.type) {
    case 'and':
    case 'or':
      return node.items.flatMap((item) => collectTerms(item, scope, morphology));
    case 'field':
      return collectTerms(node.item, node.field, morphology);
    case 'not':
    case 'site':
    case 'lang':
      return [];
    default:
      return [{ kind: node.type, scope, text: node.text, words: termWords(node, morphology) }];
  }
}

function termWords(node: NodeOf<SearchTerm['kind']>, morphology: Morphology): SearchTerm['words'] {
  if (node.type === 'prefix') return [{ word: foldWord(node.text), lemmas: [foldWord(node.text)] }];
  return tokenize(node.text).flatMap((token) =>
    token.parts.length > 0
      ? token.parts.map(({ word }) => ({ word, lemmas: morphology.lemmas(word) }))
      : [{ word: token.word, lemmas: slotLemmas(token, morphology) }],
  );
}
