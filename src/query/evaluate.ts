import type { Morphology } from '../model/ports.ts';
import type { Span } from '../model/tag.ts';
import type { Query, Scope } from './ast.ts';
import { compileQuery, type Leaf, type Plan, plainHost } from './compile.ts';
import type { PreparedDocument } from './document.ts';
import { findLeaf } from './occurrences.ts';

export type Verdict = { matched: false } | { matched: true; spans: Span[] };

const NO: Verdict = { matched: false };

/** Does the document match, and where? Spans of every term that took part; none for author, site and language. */
export function evaluate(query: Query, document: PreparedDocument, morphology: Morphology): Verdict {
  return evaluatePlan(compileQuery(query, morphology), document);
}

/** Spans kept of one document: a text that repeats a word a hundred thousand times has made its point. */
const SPANS_AT_MOST = 1_000;

/** Spans are ordered, title first, without repetitions, at most a thousand. */
export function evaluatePlan(plan: Plan, document: PreparedDocument): Verdict {
  const spans = visit(plan, document);
  return spans === null ? NO : { matched: true, spans: orderSpans(spans) };
}

function visit(plan: Plan, document: PreparedDocument): Span[] | null {
  switch (plan.op) {
    case 'leaf':
      return findInScope(plan.leaf, plan.scope, document);
    case 'not':
      return visit(plan.item, document) === null ? [] : null;
    case 'and':
      return visitAll(plan.items, document);
    case 'or':
      return visitAny(plan.items, document);
    case 'site':
      return isAtSite(document.site, plan.site) ? [] : null;
    case 'lang':
      return document.language === plan.language ? [] : null;
  }
}

function visitAll(items: readonly Plan[], document: PreparedDocument): Span[] | null {
  const spans: Span[][] = [];
  for (const item of items) {
    const found = visit(item, document);
    if (found === null) return null;
    spans.push(found);
  }
  return spans.flat();
}

function visitAny(items: readonly Plan[], document: PreparedDocument): Span[] | null {
  const found = items.map((item) => visit(item, document)).filter((spans) => spans !== null);
  return found.length === 0 ? null : found.flat();
}

function findInScope(leaf: Leaf, scope: Scope, document: PreparedDocument): Span[] | null {
  if (scope === 'author')
    return document.author.some((field) => findLeaf(leaf, field).length > 0) ? [] : null;
  const spans: Span[] = [];
  if (scope !== 'text' && document.title) {
    for (const { start, end } of findLeaf(leaf, document.title)) spans.push({ field: 'title', start, end });
  }
  if (scope !== 'title') {
    for (const { start, end } of findLeaf(leaf, document.text)) spans.push({ field: 'text', start, end });
  }
  return spans.length === 0 ? null : spans;
}

function isAtSite(host: string | null, site: string): boolean {
  if (host === null) return false;
  const plain = plainHost(host);
  return plain === site || plain.endsWith(`.${site}`);
}

function orderSpans(spans: readonly Span[]): Span[] {
  const distinct = new Map(spans.map((span) => [`${span.field} ${span.start} ${span.end}`, span]));
  const rank = (span: Span) => (span.field === 'title' ? 0 : 1);
  return [...distinct.values()]
    .sort((a, b) => rank(a) - rank(b) || a.start - b.start || a.end - b.end)
    .slice(0, SPANS_AT_MOST);
}
