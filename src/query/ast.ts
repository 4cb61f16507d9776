import type { DateRange, NumberRange } from './ranges.ts';

/** Half-open range of UTF-16 offsets into the query's text. */
export interface QueryRange {
  start: number;
  end: number;
}

/** Where words are looked for. `any` is title or text. */
export type TextField = 'title' | 'text' | 'author' | 'handle';
export type Scope = TextField | 'any';

/** One condition on what is known of a document besides its words. */
export type Value =
  | { kind: 'name'; name: string; towards: string | null }
  | { kind: 'number'; range: NumberRange }
  | { kind: 'date'; range: DateRange };

export type QueryNode = { at: QueryRange } & (
  | { type: 'word'; text: string }
  | { type: 'exact'; text: string }
  /** `slack`: how many words may stand between its words; 0: next to each other in this order; else in any order. */
  | { type: 'phrase'; text: string; slack: number }
  | { type: 'prefix'; text: string }
  | { type: 'typo'; text: string; errors: 1 | 2 }
  | { type: 'not'; item: QueryNode }
  | { type: 'and'; items: readonly QueryNode[] }
  | { type: 'or'; items: readonly QueryNode[] }
  | { type: 'near'; ordered: boolean; distance: number; left: QueryNode; right: QueryNode }
  | { type: 'sentence'; left: QueryNode; right: QueryNode }
  | { type: 'not-near'; distance: number; left: QueryNode; right: QueryNode }
  | { type: 'field'; field: TextField; item: QueryNode }
  | { type: 'value'; field: string; value: Value }
  | { type: 'saved'; name: string }
);

export type NodeOf<Type extends QueryNode['type']> = Extract<QueryNode, { type: Type }>;

/** What is looked for by itself; everything else puts these together. */
export type TermNode = NodeOf<'word' | 'exact' | 'phrase' | 'prefix' | 'typo'>;

export function isTerm(node: QueryNode): node is TermNode {
  return ['word', 'exact', 'phrase', 'prefix', 'typo'].includes(node.type);
}

/** The nodes directly inside, in the order of the text. */
export function partsOf(node: QueryNode): readonly QueryNode[] {
  switch (node.type) {
    case 'and':
    case 'or':
      return node.items;
    case 'not':
    case 'field':
      return [node.item];
    case 'near':
    case 'sentence':
    case 'not-near':
      return [node.left, node.right];
    default:
      return [];
  }
}

/** A query that was read without errors. */
export interface Query {
  text: string;
  root: QueryNode;
  warnings: readonly QueryIssue[];
}

/** Does any of the queries ask for more than words of title and text? */
export function asksFacts(queries: readonly Query[]): boolean {
  const asks = (node: QueryNode): boolean =>
    node.type === 'value' ||
    (node.type === 'field' && (node.field === 'author' || node.field === 'handle')) ||
    partsOf(node).some(asks);
  return queries.some(({ root }) => asks(root));
}

/** Does the query have a condition on any of these fields? */
export function asksFields({ root }: Query, fields: readonly string[]): boolean {
  const asks = (node: QueryNode): boolean =>
    (node.type === 'value' && fields.includes(node.field)) || partsOf(node).some(asks);
  return asks(root);
}

/** What is wrong, or odd, and where. */
export interface QueryIssue {
  code: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** From 0, in UTF-16 units of the whole query. */
  offset: number;
  /** At least 1, also at the end of the text. */
  length: number;
  message: { ru: string; en: string };
}
