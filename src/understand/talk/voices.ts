/** Whose text it is: texts of one author, and texts of one story, have equal numbers. From 0, without gaps that matter. */
export interface Voices {
  authors: Int32Array;
  stories: Int32Array;
}

/** Counts texts so that each author and each story counts once: a repost wave is one voice, and so is who repeats himself. */
export type CountVoices = (texts: Iterable<number>) => number;

/** Greedily, in the order in which the texts come. */
export function createVoiceCount({ authors, stories }: Voices): CountVoices {
  const authorSeen = new Int32Array(1 + authors.reduce((most, one) => Math.max(most, one), 0));
  const storySeen = new Int32Array(1 + stories.reduce((most, one) => Math.max(most, one), 0));
  let round = 0;
  return (texts) => {
    round += 1;
    let count = 0;
    for (const text of texts) {
      const author = authors[text] as number;
      const story = stories[text] as number;
      if (authorSeen[author] === round || storySeen[story] === round) continue;
      authorSeen[author] = round;
      storySeen[story] = round;
      count += 1;
    }
    return count;
  };
}

/** Numbers from 0 in the order in which the keys first come. */
export function numberKeys(keys: readonly (string | number)[]): Int32Array {
  const numbers = new Map<string | number, number>();
  return Int32Array.from(keys, (key) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
}
