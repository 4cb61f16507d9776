import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { Query } from './ast.ts';
import { compileQuery } from './compile.ts';
import type { QueryableDocument } from './document.ts';
import { evaluatePlan, holds } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { createLeaves } from './leaves.ts';
import { Reader } from './reader.ts';
import { narrowLemmas, textFilter } from './text-filter.ts';
import { createVocabulary } from './vocabulary.ts';

/** A few queries held against one document after another; each document is read once for all of them. */
export interface Trial {
  /** What is asked next is asked of this document. */
  read(document: QueryableDocument): void;
  /** Asks of the same words, with other facts about them. */
  setFacts(facts: Facts): void;
  /** Does the query with this index match? Cheaper than its spans. */
  holds(query: number): boolean;
  /** As the evaluator's: of a query that matches. */
  spans(query: number): Span[];
  /**
   * A regular expression, of PostgreSQL and of JavaScript (flag u), that finds title or text of every document that one of the
   * queries matches, and of others; null when all must be read.
   */
  filter: string | null;
}

export function createTrial(queries: readonly Query[], morphology: Morphology): Trial {
  let lemmas = morphology.lemmas;
  const vocabulary = createVocabulary({ ...morphology, lemmas: (word) => lemmas(word) });
  const leaves = createLeaves(vocabulary);
  const plans = queries.map((query) => compileQuery(query, leaves));
  const filter = textFilter(plans, vocabulary);
  // From here on only words of documents are asked for.
  lemmas = narrowLemmas(vocabulary, morphology.lemmas) ?? lemmas;
  const reader = new Reader(leaves.vocabulary);
  const planOf = (query: number) => {
    const plan = plans[query];
    if (!plan) throw new RangeError(`there is no query ${query}`);
    return plan;
  };
  return {
    filter,
    read: (document) => void reader.read(document),
    setFacts: (facts) => {
      reader.facts = facts;
    },
    holds: (query) => holds(planOf(query), reader),
    spans: (query) => {
      const verdict = evaluatePlan(planOf(query), reader);
      return verdict.matched ? verdict.spans : [];
    },
  };
}
