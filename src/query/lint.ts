import { foldWord } from '../lib/fold.ts';
import { tokenize } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';
import { isTerm, partsOf, type Query, type QueryIssue, type QueryNode, type TermNode } from './ast.ts';
import { COMMON_WORDS } from './common-words.ts';
import { formatNode } from './format.ts';
import { makeIssue } from './issues.ts';

const SHORTEST_NAME = 4;
const BROAD_PREFIX = 4;

/**
 * Advice on a query that can be read: names that are everyday words too, beginnings that catch too much, parts that can never
 * match or say nothing, and, given how often each term occurs in stored documents, terms that never do.
 */
export function lintQuery(
  query: Query,
  morphology: Morphology,
  occurrences?: (term: TermNode) => number,
): QueryIssue[] {
  const issues: QueryIssue[] = [...query.warnings];
  const add = (code: Parameters<typeof makeIssue>[1], node: QueryNode, ...values: string[]): void => {
    issues.push(makeIssue(query.text, code, node.at, ...values));
  };
  lintNode(query.root, add, morphology);
  if (occurrences) {
    for (const term of termsOf(query.root))
      if (occurrences(term) === 0) add('term-never-occurs', term, formatNode(term));
  }
  return issues.sort((one, two) => one.offset - two.offset);
}

type Add = (code: Parameters<typeof makeIssue>[1], node: QueryNode, ...values: string[]) => void;

function lintNode(node: QueryNode, add: Add, morphology: Morphology): void {
  if (isTerm(node)) return lintTerm(node, add, morphology);
  if (node.type === 'and') lintAnd(node.items, add);
  if (node.type === 'or') lintOr(node.items, add, morphology);
  for (const part of partsOf(node)) lintNode(part, add, morphology);
}

function lintTerm(node: TermNode, add: Add, morphology: Morphology): void {
  const word = foldWord(node.text);
  if (node.type === 'prefix' && word.length <= BROAD_PREFIX && !/[^\p{L}]/u.test(word))
    add('prefix-broad', node, formatNode(node));
  if (node.type !== 'word') return;
  if (COMMON_WORDS.has(word)) add('word-common', node, node.text);
  else if (isNamesake(node.text, morphology)) add('word-namesake', node, node.text);
}

/** A name, as its capital letter says, that is an everyday word too. */
function isNamesake(text: string, morphology: Morphology): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(text) && text.length >= SHORTEST_NAME && morphology.isKnown(foldWord(text));
}

/** `a AND NOT a` never matches; the same part twice says nothing. */
function lintAnd(items: readonly QueryNode[], add: Add): void {
  const seen = new Set<string>();
  const forbidden = new Set(
    items.flatMap((item) => (item.type === 'not' ? [formatNode(item.item).toLowerCase()] : [])),
  );
  for (const item of items) {
    const text = formatNode(item).toLowerCase();
    if (forbidden.has(text)) add('never-matches', item, formatNode(item));
    else if (seen.has(text)) add('said-twice', item, formatNode(item));
    seen.add(text);
  }
}

/** An alternative that another one covers: the same word in another form, or one with the same beginning. */
function lintOr(items: readonly QueryNode[], add: Add, morphology: Morphology): void {
  const words = items.filter((item) => item.type === 'word');
  for (const [at, item] of words.entries()) {
    const [lemma] = morphology.meant(foldWord(item.text));
    const other = words
      .slice(0, at)
      .find((before) => lemma !== undefined && morphology.meant(foldWord(before.text)).includes(lemma));
    if (other && tokenize(item.text).length === 1) add('alternative-covered', item, item.text, other.text);
    const prefix = items.find(
      (one) => one.type === 'prefix' && foldWord(item.text).startsWith(foldWord(one.text)),
    );
    if (prefix) add('alternative-covered', item, item.text, formatNode(prefix));
  }
}

function termsOf(node: QueryNode): TermNode[] {
  return isTerm(node) ? [node] : partsOf(node).flatMap(termsOf);
}
