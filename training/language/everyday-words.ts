const OFTEN = 4;
/** A name is written with a capital letter more often than a word is. */
const IN_LOWER_CASE = 0.6;
/** A word amid a sentence, where only names have capital letters. */
const TOKEN = /(?<=[a-z,;] )[A-Za-z][A-Za-z']+(?![\p{L}\p{N}/_@])/gu;

// They open sentences, so that they are hardly seen amid one.
const OPENERS = ['hello', 'hey', 'thx', 'bye', 'omg', 'lmao', 'congrats'];

/** English words that are hardly ever written as names are. Texts in capitals only say nothing. */
export function everydayWords(texts: readonly string[]): Set<string> {
  const counts = new Map<string, { lower: number; all: number }>();
  for (const text of texts) {
    if (text === text.toUpperCase()) continue;
    for (const word of text.match(TOKEN) ?? []) {
      const key = word.toLowerCase();
      const count = counts.get(key) ?? { lower: 0, all: 0 };
      counts.set(key, { lower: count.lower + (word === key ? 1 : 0), all: count.all + 1 });
    }
  }
  const common = [...counts].filter(([, { lower, all }]) => lower >= OFTEN && lower / all >= IN_LOWER_CASE);
  return new Set([...common.map(([word]) => word), ...OPENERS].sort());
}
