/**
 * Remembers the answers of a pure function by its string key, at most `2 × limit` of them:
 * what was not asked for during a whole generation is dropped. `about`: what else the answer is found by, always the same for a key.
 */
export function cached<Value, About = void>(
  compute: (key: string, about: About) => Value,
  limit: number,
): (key: string, about: About) => Value {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return (key, about) => {
    const known = young.get(key);
    if (known !== undefined) return known;
    const value = old.get(key) ?? compute(key, about);
    if (young.size >= limit) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
    return value;
  };
}

/** In UTF-16 units; longer ones are no words of a language. */
export const LONGEST_WORD = 48;

/** The same for words. Long ones are looked at afresh: a cache of them would be bounded in number and not in size. */
export function cachedWords<Value, About = void>(
  compute: (word: string, about: About) => Value,
  limit: number,
): (word: string, about: About) => Value {
  const remembered = cached(compute, limit);
  return (word, about) => (word.length > LONGEST_WORD ? compute(word, about) : remembered(word, about));
}
