import type { QueryWords } from '../query-words.ts';

/** A piece of a query that is shown in one colour. Offsets in UTF-16 units. */
export interface QueryPiece {
  start: number;
  end: number;
  kind:
    | 'comment'
    | 'bracket'
    | 'operator'
    | 'field'
    | 'value'
    | 'phrase'
    | 'exact'
    | 'prefix'
    | 'typo'
    | 'word'
    | 'wrong';
  /** Of a field, and of all that stands after its colon. */
  field?: string;
}

export function createTokenizer(words: QueryWords): (text: string) => QueryPiece[];
