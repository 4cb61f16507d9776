/** Endings of Russian nouns, adjectives and pronouns in all cases, after folding; and of the plainest verbs. */
const CASE_ENDINGS = new Set(
  (
    'а я о е ы и у ю ь й ой ей ою ею ом ем ам ям ами ями ах ях ов ев ий ия ие ию ии ием иям иями иях ью ьи ье ья ьей ьем ' +
    'ый ого его ому ему ым им ых их ыми ими ая яя ую юю ое ее ые'
  ).split(' '),
);
const LONGEST = 4;
const SHORTEST_STEM = 3;
/** What people hang on names of things that they like: «айфончик», «сберик». */
const DIMINUTIVE = /(?<=^.{4,})(?:чик|ик|ок|очк|ечк|ушк|юшк|еньк|оньк|ишк)$/;

/**
 * Every stem that a word unknown to the dictionary can have: itself without each case ending that it may carry.
 * Two case forms of one word always share one, because each form is that stem and an ending. A diminutive has the stem of
 * its plain word too.
 */
export function possibleStems(word: string): string[] {
  const stems = /[аеиоуыэюяьй]$/.test(word) ? [] : [word];
  for (let length = 1; length <= LONGEST; length += 1) {
    const stem = word.slice(0, -length);
    if (stem.length >= SHORTEST_STEM && CASE_ENDINGS.has(word.slice(-length))) stems.push(stem);
  }
  for (const stem of [...stems]) if (DIMINUTIVE.test(stem)) stems.push(stem.replace(DIMINUTIVE, ''));
  return stems.length > 0 ? stems : [word];
}

export function isCaseEnding(text: string): boolean {
  return CASE_ENDINGS.has(text);
}
