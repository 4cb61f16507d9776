const STRETCHED = /(.)\1\1/u;

/** «пллоооохо» → «пллоохо», «пллохо», «плохо»: what a word with a letter three times in a row may stand for, plainest last. */
export function squeezedForms(word: string): string[] {
  if (!STRETCHED.test(word)) return [];
  const twice = word.replace(/(.)\1{2,}/gu, '$1$1');
  return [twice, word.replace(/(.)\1{2,}/gu, '$1'), word.replace(/(.)\1+/gu, '$1')];
}
