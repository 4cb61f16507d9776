import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { Query } from './ast.ts';
import { compileQuery } from './compile.ts';
import type { QueryableDocument } from './document.ts';
import { evaluatePlan, holds } from './evaluate.ts';
import { plainHost } from './facts.ts';
import { createLeaves } from './leaves.ts';
import { eachLeaf, type Plan } from './plan.ts';
import { Reader } from './reader.ts';
import { guessFrequency, type Required, requiredTerms } from './required-terms.ts';
import { createVocabulary, type TestId } from './vocabulary.ts';

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
  match(document: QueryableDocument): TopicMatch[];
  /** Adds the topic or replaces the one with its key; takes effect at once. */
  set(topic: MatcherTopic): void;
  remove(key: string): void;
  size(): number;
  /** Keys of topics that every document is held against, because none of their terms must occur. */
  unfiled(): string[];
}

interface Filed {
  key: string;
  order: number;
  plan: Plan;
  /** null: nothing is required, so it is always checked. */
  required: Required | null;
  /** The last document for which it was a candidate. */
  seenIn: number;
}

export function createMatcher(topics: Iterable<MatcherTopic>, morphology: Morphology): Matcher {
  const vocabulary = createVocabulary(morphology);
  const leaves = createLeaves(vocabulary);
  const reader = new Reader(vocabulary);
  const byKey = new Map<string, Filed>();
  const byTest: (Filed[] | undefined)[] = [];
  const bySite = new Map<string, Filed[]>();
  const always = new Set<Filed>();
  const candidates: Filed[] = [];
  let nextOrder = 0;

  function frequency(test: TestId): number {
    return guessFrequency(vocabulary.wordOf(test), morphology);
  }

  function remove(key: string): void {
    const filed = byKey.get(key);
    if (!filed) return;
    byKey.delete(key);
    always.delete(filed);
    for (const test of filed.required?.tests ?? []) unfile(byTest[test], filed);
    for (const site of filed.required?.sites ?? []) unfile(bySite.get(site), filed);
    eachLeaf(filed.plan, leaves.release);
  }

  function set({ key, query }: MatcherTopic): void {
    const order = byKey.get(key)?.order ?? nextOrder++;
    remove(key);
    const plan = compileQuery(query, leaves);
    const required = requiredTerms(plan, frequency);
    const filed: Filed = { key, order, plan, required, seenIn: 0 };
    byKey.set(key, filed);
    if (required === null) always.add(filed);
    for (const test of required?.tests ?? []) {
      const there = byTest[test];
      if (there) there.push(filed);
      else byTest[test] = [filed];
    }
    for (const site of required?.sites ?? []) {
      const there = bySite.get(site);
      if (there) there.push(filed);
      else bySite.set(site, [filed]);
    }
  }

  function consider(list: Iterable<Filed>): void {
    for (const filed of list) {
      if (filed.seenIn === reader.document) continue;
      filed.seenIn = reader.document;
      if (holds(filed.plan, reader)) candidates.push(filed);
    }
  }

  function match(document: QueryableDocument): TopicMatch[] {
    reader.read(document);
    candidates.length = 0;
    consider(always);
    for (const test of reader.passed) {
      const list = byTest[test];
      if (list !== undefined) consider(list);
    }
    if (bySite.size > 0 && document.facts?.site)
      for (const site of sitesAbove(document.facts.site)) consider(bySite.get(site) ?? []);
    return candidates
      .sort((a, b) => a.order - b.order)
      .map(({ key, plan }) => {
        const verdict = evaluatePlan(plan, reader);
        return { key, spans: verdict.matched ? verdict.spans : [] };
      });
  }

  for (const topic of topics) set(topic);
  return {
    match,
    set,
    remove,
    size: () => byKey.size,
    unfiled: () => [...always].map(({ key }) => key),
  };
}

function unfile(list: Filed[] | undefined, filed: Filed): void {
  const at = list?.indexOf(filed) ?? -1;
  if (list === undefined || at < 0) return;
  const last = list.pop() as Filed;
  if (at < list.length) list[at] = last;
}

/** forum.example.co.uk → itself, example.co.uk, co.uk, uk. */
function sitesAbove(host: string): string[] {
  const labels = plainHost(host).split('.');
  return labels.map((_, from) => labels.slice(from).join('.'));
}
