/** Half-open range of UTF-16 offsets into the query's text. */
export interface QueryRange {
  start: number;
  end: number;
}

/** Where words are looked for. `any` is title or text. */
export type TextField = 'title' | 'text' | 'author';
export type Scope = TextField | 'any';

export type QueryNode = { at: QueryRange } & (
  | { type: 'word'; text: string }
  | { type: 'exact'; text: string }
  | { type: 'phrase'; text: string }
  | { type: 'prefix'; text: string }
  | { type: 'not'; item: QueryNode }
  | { type: 'and'; items: readonly QueryNode[] }
  | { type: 'or'; items: readonly QueryNode[] }
  | { type: 'field'; field: TextField; item: QueryNode }
  | { type: 'site'; value: string }
  | { type: 'lang'; value: string }
);

export type NodeOf<Type extends QueryNode['type']> = Extract<QueryNode, { type: Type }>;

/** A query that was read without errors. */
export interface Query {
  text: string;
  root: QueryNode;
  warnings: readonly QueryIssue[];
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
