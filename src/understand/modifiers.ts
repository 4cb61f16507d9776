import type { Word } from './reading.ts';

const NEGATORS = new Set(
  'не ни нет без никогда нельзя вряд нисколько ничуть отнюдь not no never without nothing nobody neither nor cannot hardly barely'.split(
    ' ',
  ),
);
const NEGATED_VERB =
  /n't$|^(?:dont|doesnt|didnt|isnt|wasnt|arent|cant|couldnt|wont|wouldnt|havent|hasnt|aint)$/;
const STRONGER = new Set(
  (
    'очень крайне слишком безумно ужасно дико жутко невероятно абсолютно совершенно полный полностью просто так такой самый весьма ' +
    'реально настолько чертовски охренеть very really so too extremely absolutely totally completely such incredibly super fucking ' +
    'damn utterly seriously highly most'
  ).split(' '),
);
const WEAKER = new Set(
  'немного немножко слегка чуть чуточку несколько местами иногда почти более-менее slightly somewhat little bit almost kinda rather sometimes fairly'.split(
    ' ',
  ),
);
const NEGATION_REACH = 3;

/** Is the word at `index` denied by something shortly before it in its clause? */
export function isNegated(words: readonly Word[], index: number): boolean {
  const clause = words[index]?.clause;
  let reach = NEGATION_REACH;
  for (let at = index - 1; at >= 0 && reach > 0; at -= 1, reach -= 1) {
    const word = words[at];
    if (word === undefined || word.clause !== clause) return false;
    // «не» binds to the next word; only words of degree may stand between.
    if (NEGATORS.has(word.text) || NEGATED_VERB.test(word.text)) return true;
    if (/[а-я]/.test(word.text) && !isDegree(word)) return false;
  }
  return false;
}

function isDegree(word: Word): boolean {
  return STRONGER.has(word.text) || WEAKER.has(word.text) || /^(?:быть|есть|было|был|была)$/.test(word.text);
}

/** Factor by which words of degree just before it, and capitals, change the word's strength. */
export function degree(words: readonly Word[], index: number): number {
  let factor = words[index]?.isShouted === true ? 1.3 : 1;
  for (const word of words.slice(Math.max(0, index - 2), index)) {
    if (word.clause !== words[index]?.clause) continue;
    if (STRONGER.has(word.text) || word.lemmas.some((lemma) => STRONGER.has(lemma))) factor *= 1.25;
    else if (WEAKER.has(word.text)) factor *= 0.6;
  }
  return Math.min(2, factor);
}
