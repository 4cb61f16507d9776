import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { Query } from './ast.ts';
import { compileQuery } from './compile.ts';
import type { QueryableDocument } from './document.ts';
import { holdsValue } from './facts.ts';
import { createLeaves } from './leaves.ts';
import { farPlaces, nearPlaces, sentencePlaces } from './nearness.ts';
import { findLeaf, hasLeaf } from './occurrences.ts';
import { inOrder, type Place } from './places.ts';
import type { PlacedPlan, Plan } from './plan.ts';
import { Reader } from './reader.ts';
import { createVocabulary } from './vocabulary.ts';

export type Verdict = { matched: false } | { matched: true; spans: Span[] };

/** Spans kept of one document: a text that repeats a word a hundred thousand times has made its point. */
const SPANS_AT_MOST = 1_000;

/** A query made ready for any number of documents, one after another. */
export function createEvaluator(
  query: Query,
  morphology: Morphology,
): (document: QueryableDocument) => Verdict {
  const leaves = createLeaves(createVocabulary(morphology));
  const plan = compileQuery(query, leaves);
  const reader = new Reader(leaves.vocabulary);
  return (document) => evaluatePlan(plan, reader.read(document));
}

/** Does the document match, and where? Spans of every term that took part; none for the author and for conditions. */
export function evaluate(query: Query, document: QueryableDocument, morphology: Morphology): Verdict {
  return createEvaluator(query, morphology)(document);
}

/** Of the document that the reader has read. Spans are ordered, title first, without repetitions, at most a thousand. */
export function evaluatePlan(plan: Plan, reader: Reader): Verdict {
  return holds(plan, reader) ? { matched: true, spans: findSpans(plan, reader) } : { matched: false };
}

export function holds(plan: Plan, reader: Reader): boolean {
  switch (plan.op) {
    case 'leaf':
      return hasLeaf(plan.leaf, reader);
    case 'and':
      for (const item of plan.items) if (!holds(item, reader)) return false;
      return true;
    case 'or':
    case 'any':
      for (const item of plan.items) if (holds(item, reader)) return true;
      return false;
    case 'not':
      return !holds(plan.item, reader);
    case 'value':
      return holdsValue(plan.field, plan.value, reader.facts);
    case 'not-near':
      return holds(plan.left, reader) && findPlaces(plan, reader).length > 0;
    default:
      return holds(plan.left, reader) && holds(plan.right, reader) && findPlaces(plan, reader).length > 0;
  }
}

/** Where a placed part stands, in the order of the text, each place once. */
export function findPlaces(plan: PlacedPlan, reader: Reader): Place[] {
  switch (plan.op) {
    case 'leaf':
      return findLeaf(plan.leaf, reader);
    case 'any':
      return inOrder(plan.items.flatMap((item) => findPlaces(item, reader)));
    case 'near': {
      const [left, right] = [findPlaces(plan.left, reader), findPlaces(plan.right, reader)];
      return nearPlaces(left, right, plan.distance, plan.ordered);
    }
    case 'sentence':
      return sentencePlaces(findPlaces(plan.left, reader), findPlaces(plan.right, reader), (slot) =>
        reader.sentenceOf(slot),
      );
    case 'not-near':
      return farPlaces(findPlaces(plan.left, reader), findPlaces(plan.right, reader), plan.distance);
  }
}

/** Of a plan that holds: the places of its terms that took part. */
function findSpans(plan: Plan, reader: Reader): Span[] {
  const places: Place[] = [];
  collect(plan, reader, (place) => places.push(place));
  return inOrder(places)
    .slice(0, SPANS_AT_MOST)
    .flatMap((place) => reader.spanOf(place) ?? []);
}

function collect(plan: Plan, reader: Reader, add: (place: Place) => void): void {
  switch (plan.op) {
    case 'leaf':
      return findLeaf(plan.leaf, reader).forEach(add);
    case 'and':
    case 'or':
    case 'any':
      for (const item of plan.items) if (holds(item, reader)) collect(item, reader, add);
      return;
    case 'not':
    case 'value':
      return;
    case 'not-near':
      return collectInside(plan.left, findPlaces(plan, reader), reader, add);
    default:
      return collectInside(plan, findPlaces(plan, reader), reader, add);
  }
}

/** The terms that stand inside the runs in which an operator found them together. */
function collectInside(
  plan: PlacedPlan,
  runs: readonly Place[],
  reader: Reader,
  add: (place: Place) => void,
): void {
  eachPositiveLeaf(plan, (leafPlan) => {
    let run = 0;
    for (const place of findLeaf(leafPlan.leaf, reader)) {
      while (run < runs.length && (runs[run] as Place).to < place.to) run += 1;
      const around = runs[run];
      if (around && around.from <= place.from && place.to <= around.to) add(place);
    }
  });
}

function eachPositiveLeaf(plan: PlacedPlan, visit: (plan: PlacedPlan & { op: 'leaf' }) => void): void {
  if (plan.op === 'leaf') return visit(plan);
  if (plan.op === 'any') for (const item of plan.items) eachPositiveLeaf(item, visit);
  else {
    eachPositiveLeaf(plan.left, visit);
    if (plan.op !== 'not-near') eachPositiveLeaf(plan.right, visit);
  }
}
