/**
 * Remembers the answers of a pure function by its string key, at most `2 × limit` of them:
 * what was not asked for during a whole generation is dropped.
 */
export function cached<Value>(compute: (key: string) => Value, limit: number): (key: string) => Value {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return (key) => {
    const known = young.get(key);
    if (known !== undefined) return known;
    const value = old.get(key) ?? compute(key);
    if (young.size >= limit) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
    return value;
  };
}
