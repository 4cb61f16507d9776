import { foldWord } from '../lib/fold.ts';
import type { Scope } from './ast.ts';
import { COMMON_WORDS } from './common-words.ts';
import { type Leaf, type Plan, plainHost } from './compile.ts';
import type { PreparedDocument, PreparedField } from './document.ts';

// Keys of kinds that no word can begin with.
const PREFIX_KEY = '\u0001p';
const SITE_KEY = '\u0001s';
const LANGUAGE_KEY = '\u0001l';
const AUTHOR_KEY = '\u0001a';
const PREFIX_LENGTH = 3;

/** Terms of which every matching document holds at least one, or null when there are none such. */
export function requiredTerms(plan: Plan): readonly string[] | null {
  switch (plan.op) {
    case 'leaf':
      return leafTerms(plan.leaf, plan.scope);
    case 'not':
      return null;
    case 'and':
      return rarest(plan.items.map(requiredTerms));
    case 'or':
      return union(plan.items.map(requiredTerms));
    case 'site':
      return [SITE_KEY + plan.site];
    case 'lang':
      return [LANGUAGE_KEY + plan.language];
  }
}

function leafTerms(leaf: Leaf, scope: Scope): readonly string[] | null {
  const terms = plainLeafTerms(leaf);
  return terms === null || scope !== 'author' ? terms : terms.map((term) => AUTHOR_KEY + term);
}

function plainLeafTerms(leaf: Leaf): readonly string[] | null {
  if (leaf.kind === 'prefix') return [PREFIX_KEY + foldWord(leaf.prefix).slice(0, PREFIX_LENGTH)];
  if (leaf.kind === 'exact') return leaf.lemma === '' ? null : [leaf.lemma];
  const best = rarest(leaf.steps);
  return best === null ? null : [...best, ...leaf.joined];
}

function union(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  const terms = new Set<string>();
  for (const list of lists) {
    if (list === null) return null;
    for (const term of list) terms.add(term);
  }
  return [...terms];
}

/** The list that the fewest documents are expected to touch. */
function rarest(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  let best: readonly string[] | null = null;
  for (const list of lists) {
    if (list !== null && (best === null || expected(list) < expected(best))) best = list;
  }
  return best;
}

/** Relative share of documents that hold one of the terms: longer words are rarer. */
function expected(terms: readonly string[]): number {
  return terms.reduce((sum, term) => sum + expectedOne(term), 0);
}

function expectedOne(term: string): number {
  if (term.startsWith(LANGUAGE_KEY)) return 1000;
  if (term.startsWith(PREFIX_KEY)) return 50;
  if (term.startsWith(SITE_KEY)) return 10;
  return COMMON_WORDS.has(term) ? 500 : 10 / (1 + term.length);
}

/** The distinct keys that a document answers to, prefixes only when somebody asks for them. */
export function documentTerms(document: PreparedDocument, withPrefixes: boolean): Set<string> {
  const terms = new Set<string>();
  for (const field of [document.title, document.text]) if (field) addField(terms, field, '', withPrefixes);
  for (const field of document.author) addField(terms, field, AUTHOR_KEY, withPrefixes);
  if (document.language !== null) terms.add(LANGUAGE_KEY + document.language);
  if (document.site !== null) addSites(terms, plainHost(document.site));
  return terms;
}

function addField(terms: Set<string>, field: PreparedField, key: string, withPrefixes: boolean): void {
  for (const lemma of field.lemmas.keys()) terms.add(key + lemma);
  for (const whole of field.joined.keys()) terms.add(key + whole);
  if (!withPrefixes) return;
  for (const word of field.words.keys()) terms.add(key + PREFIX_KEY + word.slice(0, PREFIX_LENGTH));
  for (const whole of field.joined.keys()) terms.add(key + PREFIX_KEY + whole.slice(0, PREFIX_LENGTH));
}

function addSites(terms: Set<string>, host: string): void {
  const labels = host.split('.');
  for (let from = 0; from < labels.length; from += 1) terms.add(SITE_KEY + labels.slice(from).join('.'));
}

export function hasPrefix(terms: readonly string[]): boolean {
  return terms.some((term) => term.includes(PREFIX_KEY));
}
