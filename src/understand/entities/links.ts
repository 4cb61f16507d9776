import { canonicalUrl } from '../../lib/canonical-url.ts';
import type { NameWord } from './words.ts';

export interface FoundLink {
  kind: 'link' | 'hashtag';
  name: string;
  start: number;
  end: number;
}

const LONGEST = 500;

/** Addresses and hashtags among the words of a text. */
export function findLinks(text: string, words: readonly NameWord[]): FoundLink[] {
  const found: FoundLink[] = [];
  for (const { kind, start, end } of words) {
    if (kind === 'url') found.push({ kind: 'link', name: linkName(text.slice(start, end)), start, end });
    else if (kind === 'tag')
      found.push({ kind: 'hashtag', name: text.slice(start, end).toLowerCase(), start, end });
  }
  return found;
}

/** Without tracking. */
function linkName(written: string): string {
  const address = /^https?:/i.test(written) ? written : `https://${written}`;
  return canonicalUrl(address).slice(0, LONGEST).toWellFormed();
}
