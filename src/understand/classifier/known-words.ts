import { cachedWords } from '../../lib/cache.ts';
import type { OpinionToken } from '../../model/opinion.ts';
import type { LinearWeights } from './linear.ts';
import { type Network, type NetworkWeights, networkOf } from './network.ts';
import { sumToken, type TokenFamily, type TokenSums } from './token-sums.ts';
import { TONES } from './tone.ts';
import { readSigns, type WordSigns } from './word-signs.ts';
import { WordTable, type WordTableRows } from './word-table.ts';

/** What of a model speaks of words. */
interface Weights {
  words: WordTableRows;
  linear: LinearWeights;
  network: NetworkWeights | null;
}

/** All that a model knows of a word by itself. Field by field: V8 gives objects made by spreading a shape each, and reads those slowly. */
export class KnownWord implements WordSigns {
  readonly form: string;
  readonly lemma: string;
  readonly isWord: boolean;
  readonly pair: number;
  readonly key: number;
  readonly mood: number;
  readonly first: number;
  readonly second: number;
  readonly own: number;
  readonly frame: number;
  readonly isDenial: boolean;
  readonly endsClause: boolean;
  readonly sums: TokenSums;
  /** Of the network's tables. */
  readonly row: number;
  /** How much it speaks for each tone by itself; NaN where nobody has asked. */
  readonly pulls: number[] = TONES.map(() => Number.NaN);

  constructor(signs: WordSigns, sums: TokenSums, row: number) {
    this.form = signs.form;
    this.lemma = signs.lemma;
    this.isWord = signs.isWord;
    this.pair = signs.pair;
    this.key = signs.key;
    this.mood = signs.mood;
    this.first = signs.first;
    this.second = signs.second;
    this.own = signs.own;
    this.frame = signs.frame;
    this.isDenial = signs.isDenial;
    this.endsClause = signs.endsClause;
    this.sums = sums;
    this.row = row;
  }
}

/** Words come again and again: some ten thousands are remembered, which is about twenty megabytes. */
export const REMEMBERED = 16_000;

/** Looks up the words of texts: each is worked out once, and found once for a text. */
export class KnownWords {
  readonly table: WordTable;
  readonly network: Network | null;
  /** A form has one lemma, so the form is the key. */
  private readonly wordOf: (form: string, token: OpinionToken) => KnownWord;
  /** The same text is often asked about again. */
  private last: { tokens: readonly OpinionToken[]; words: readonly KnownWord[] } = { tokens: [], words: [] };

  constructor({ words, linear, network }: Weights, families: readonly TokenFamily[]) {
    this.table = new WordTable(words);
    this.network = network && networkOf(network);
    this.wordOf = cachedWords(
      (_, token) =>
        new KnownWord(
          readSigns(token, this.table),
          sumToken(token, families, linear),
          this.network?.rowOf(token.lemma) ?? 0,
        ),
      REMEMBERED,
    );
  }

  find(tokens: readonly OpinionToken[]): readonly KnownWord[] {
    if (this.last.tokens === tokens) return this.last.words;
    const words = new Array<KnownWord>(tokens.length);
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as OpinionToken;
      words[at] = this.wordOf(token.form, token);
    }
    this.last = { tokens, words };
    return words;
  }
}
