import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { Query } from './ast.ts';
import { type Clause, guessFrequency, requiredClauses } from './clauses.ts';
import { compileQuery } from './compile.ts';
import type { QueryableDocument } from './document.ts';
import { evaluatePlan } from './evaluate.ts';
import { plainHost } from './facts.ts';
import { createLeaves } from './leaves.ts';
import { eachLeaf, type Plan } from './plan.ts';
import { Reader } from './reader.ts';
import { createTopicIndex, type TopicNumber } from './topic-index.ts';
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
  /** Keys of topics that every document is held against, because none of their terms must occur. */
  unfiled(): string[];
}

interface Held {
  key: string;
  order: number;
  plan: Plan;
}

/** From so many documents on it is known how common words are; before it is guessed. */
const ENOUGH_DOCUMENTS = 500;
const SITE_WEIGHT = 10;
const NO_SITES: readonly string[] = [];

export function createMatcher(topics: Iterable<MatcherTopic>, morphology: Morphology): Matcher {
  const vocabulary = createVocabulary(morphology);
  const leaves = createLeaves(vocabulary);
  const reader = new Reader(vocabulary);
  const index = createTopicIndex();
  const numbers = new Map<string, TopicNumber>();
  const held: (Held | undefined)[] = [];
  const free: TopicNumber[] = [];
  const candidates: TopicNumber[] = [];
  let nextOrder = 0;

  /** In a thousand documents, so many hold it. */
  function frequency(test: TestId): number {
    return reader.document < ENOUGH_DOCUMENTS
      ? guessFrequency(vocabulary.wordOf(test), morphology)
      : ((reader.timesPassed(test) + 0.5) * 1000) / reader.document;
  }

  function weigh({ tests, sites }: Clause): number {
    return tests.reduce((sum, test) => sum + frequency(test), sites.length * SITE_WEIGHT);
  }

  function remove(key: string): void {
    const number = numbers.get(key);
    const topic = number === undefined ? undefined : held[number];
    if (number === undefined || topic === undefined) return;
    numbers.delete(key);
    held[number] = undefined;
    free.push(number);
    index.remove(number);
    eachLeaf(topic.plan, leaves.release);
  }

  function set({ key, query }: MatcherTopic): void {
    const order = held[numbers.get(key) ?? -1]?.order ?? nextOrder++;
    remove(key);
    const number = free.pop() ?? held.length;
    const plan = compileQuery(query, leaves);
    numbers.set(key, number);
    held[number] = { key, order, plan };
    index.add(number, requiredClauses(plan, weigh), weigh);
  }

  function match(document: QueryableDocument): TopicMatch[] {
    const site = document.facts?.site;
    candidates.length = 0;
    index.find(reader.read(document), site ? sitesAbove(site) : NO_SITES, candidates);
    const found: (Held & { spans: Span[] })[] = [];
    for (const number of candidates) {
      const topic = held[number] as Held;
      const verdict = evaluatePlan(topic.plan, reader);
      if (verdict.matched) found.push({ ...topic, spans: verdict.spans });
    }
    return found.sort((a, b) => a.order - b.order).map(({ key, spans }) => ({ key, spans }));
  }

  for (const topic of topics) set(topic);
  return {
    match,
    set,
    remove,
    unfiled: () => [...index.unfiled()].map((number) => held[number]?.key ?? ''),
  };
}

/** forum.example.co.uk → itself, example.co.uk, co.uk, uk. */
function sitesAbove(host: string): string[] {
  const labels = plainHost(host).split('.');
  return labels.map((_, from) => labels.slice(from).join('.'));
}
