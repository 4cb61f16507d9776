/** Gives phrases numbers by their lemmas, which come in rising order: a tree of lemmas, one number a node. */
export interface PhraseNumbers {
  /** Of the first `length` of the lemmas; -1 when there are too many phrases to take in a new one. */
  number(lemmas: readonly number[], length: number): number;
  lemmasOf(phrase: number): number[];
  /** Numbers are below. */
  readonly count: number;
}

/** Lemma numbers are below: a node and a lemma make one whole number. */
const LEMMAS = 2 ** 24;
const MOST_NODES = 4_000_000;

export function createPhraseNumbers(): PhraseNumbers {
  const nodes = new Map<number, number>();
  const parents = [-1];
  const lemmaOf = [-1];

  function next(node: number, lemma: number): number {
    const key = node * LEMMAS + lemma;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    if (lemmaOf.length >= MOST_NODES) return -1;
    parents.push(node);
    const made = lemmaOf.push(lemma) - 1;
    nodes.set(key, made);
    return made;
  }

  return {
    number: (lemmas, length) => {
      let node = 0;
      for (let at = 0; at < length && node >= 0; at += 1) node = next(node, lemmas[at] as number);
      return node;
    },
    lemmasOf: (phrase) => {
      const lemmas: number[] = [];
      for (let node = phrase; node > 0; node = parents[node] as number) lemmas.push(lemmaOf[node] as number);
      return lemmas.reverse();
    },
    get count() {
      return lemmaOf.length;
    },
  };
}
