import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { Query } from './ast.ts';
import { compileQuery, type Plan } from './compile.ts';
import type { PreparedDocument } from './document.ts';
import { evaluatePlan } from './evaluate.ts';
import { documentTerms, hasPrefix, requiredTerms } from './required-terms.ts';

export interface MatcherTopic {
  key: string;
  query: Query;
}

export interface TopicMatch {
  key: string;
  spans: Span[];
}

/** Many queries held against each document. Exact: the index only leaves out what cannot match. */
export interface Matcher {
  /** In the order in which the topics were first set. */
  match(document: PreparedDocument): TopicMatch[];
  /** Adds the topic or replaces the one with its key; takes effect at once. */
  set(topic: MatcherTopic): void;
  remove(key: string): void;
}

interface Filed {
  key: string;
  order: number;
  plan: Plan;
  /** null: no term is required, so it is always checked. */
  terms: readonly string[] | null;
}

export function createMatcher(topics: Iterable<MatcherTopic>, morphology: Morphology): Matcher {
  const byKey = new Map<string, Filed>();
  const index = new Map<string, Set<Filed>>();
  const always = new Set<Filed>();
  let withPrefixes = 0;
  let nextOrder = 0;

  function remove(key: string): void {
    const filed = byKey.get(key);
    if (!filed) return;
    byKey.delete(key);
    always.delete(filed);
    if (filed.terms && hasPrefix(filed.terms)) withPrefixes -= 1;
    for (const term of filed.terms ?? []) unfile(index, term, filed);
  }

  function set({ key, query }: MatcherTopic): void {
    const order = byKey.get(key)?.order ?? nextOrder++;
    remove(key);
    const plan = compileQuery(query, morphology);
    const filed: Filed = { key, order, plan, terms: requiredTerms(plan) };
    byKey.set(key, filed);
    if (filed.terms === null) always.add(filed);
    else if (hasPrefix(filed.terms)) withPrefixes += 1;
    for (const term of filed.terms ?? []) file(index, term, filed);
  }

  function match(document: PreparedDocument): TopicMatch[] {
    const candidates = new Set(always);
    for (const term of documentTerms(document, withPrefixes > 0)) {
      for (const filed of index.get(term) ?? []) candidates.add(filed);
    }
    const matches: TopicMatch[] = [];
    for (const filed of [...candidates].sort((a, b) => a.order - b.order)) {
      const verdict = evaluatePlan(filed.plan, document);
      if (verdict.matched) matches.push({ key: filed.key, spans: verdict.spans });
    }
    return matches;
  }

  for (const topic of topics) set(topic);
  return { match, set, remove };
}

function file(index: Map<string, Set<Filed>>, term: string, filed: Filed): void {
  const there = index.get(term);
  if (there) there.add(filed);
  else index.set(term, new Set([filed]));
}

function unfile(index: Map<string, Set<Filed>>, term: string, filed: Filed): void {
  const there = index.get(term);
  there?.delete(filed);
  if (there?.size === 0) index.delete(term);
}
