import { tradeWords } from '../trades.ts';
import type { Suggestion } from './reasons.ts';

const NEAR = 5;
const WORDS_AT_MOST = 40;

/**
 * One query from suggestions: what is safe stands alone; what is not, near words that are likely beside such a firm. The name and
 * what was given with it are the person's own choice and stand alone too.
 */
export function composeQuery(suggestions: readonly Suggestion[], about: string): string {
  const alone: string[] = [];
  const nearTrade: string[] = [];
  for (const { kind, risk, terms } of suggestions)
    (risk === 'safe' || kind === 'name' || kind === 'given' ? alone : nearTrade).push(...terms);
  const words = tradeWords(about).slice(0, WORDS_AT_MOST);
  const conditional = nearTrade.length === 0 ? [] : [`(${group(nearTrade)} NEAR/${NEAR} ${group(words)})`];
  return [...alone, ...conditional].join(' OR ');
}

function group(terms: readonly string[]): string {
  return terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' OR ')})`;
}
