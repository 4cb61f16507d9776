import { hashText } from '../../lib/hash32.ts';
import type { OpinionToken } from '../../model/opinion.ts';
import { DENIALS } from './denials.ts';
import { seedOf } from './hashing.ts';
import { beginKey, LIST, type WordTable } from './word-table.ts';

/** What features of several words are made of, word by word: the same for every token of a form. */
export interface WordSigns {
  form: string;
  lemma: string;
  isWord: boolean;
  /** Hash of the lemma as the first of a pair. */
  pair: number;
  /** Hash that the lemma's key in the lists is made of (`beginKey`). */
  key: number;
  /** What the lists say of the form, and of the lemma; 0 for nothing. */
  mood: number;
  first: number;
  second: number;
  own: number;
  frame: number;
  isDenial: boolean;
  endsClause: boolean;
}

const PAIRS = seedOf(2);
/** Forms that end a clause. */
export const CLAUSE_END = /^[.!?,;:]/;

export function readSigns({ form, lemma, isWord }: OpinionToken, table: WordTable): WordSigns {
  const key = beginKey(lemma);
  const row = table.rowOf(key);
  return {
    form,
    lemma,
    isWord,
    pair: hashText(lemma, PAIRS),
    key,
    mood: isWord ? table.value(form, LIST.moods) : 0,
    first: table.at(row, LIST.first),
    second: table.at(row, LIST.second),
    own: table.at(row, LIST.own),
    frame: table.at(row, LIST.frames),
    isDenial: DENIALS.has(form),
    endsClause: !isWord && CLAUSE_END.test(form),
  };
}

/** By the word before it, or the one before that: «не очень хорошо». */
export function isDenied(signs: readonly WordSigns[], at: number): boolean {
  return (
    (at > 0 && (signs[at - 1] as WordSigns).isDenial) || (at > 1 && (signs[at - 2] as WordSigns).isDenial)
  );
}
