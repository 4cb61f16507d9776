import { findCards } from './cards.ts';
import { findEmails, findPhones } from './contacts.ts';
import type { FoundPrivate } from './found.ts';
import { findAccounts, findOrders } from './numbers.ts';

const LINK = /(?:https?:\/\/|www\.)[^\s<>"«»]{2,2000}/giu;
const HAS_DIGITS = /\p{Nd}\P{Nd}{0,3}\p{Nd}\P{Nd}{0,3}\p{Nd}\P{Nd}{0,3}\p{Nd}/u;

/** Everything private in a text, in its order, none overlapping. Numbers in links are addresses. Linear. */
export function findPrivate(text: string): FoundPrivate[] {
  const emails = findEmails(text);
  if (!HAS_DIGITS.test(text)) return emails;
  const links = [...text.matchAll(LINK)].map(({ 0: link, index }) => ({
    start: index,
    end: index + link.length,
  }));
  const numbers = [...findCards(text), ...findAccounts(text), ...findOrders(text), ...findPhones(text)];
  // Earlier ones win: what says more of itself comes first.
  return withoutOverlaps([...emails, ...withoutThoseIn(numbers, links)]);
}

type Range = Pick<FoundPrivate, 'start' | 'end'>;

function withoutThoseIn(found: readonly FoundPrivate[], links: readonly Range[]): FoundPrivate[] {
  if (links.length === 0) return [...found];
  const starts = links.map(({ start }) => start);
  return found.filter(({ start, end }) => {
    const link = links[lastAtMost(starts, end - 1)];
    return link === undefined || link.end <= start;
  });
}

/** Index of the last of the sorted numbers that is at most `most`; −1: none. */
function lastAtMost(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function withoutOverlaps(found: readonly FoundPrivate[]): FoundPrivate[] {
  const rank = new Map(found.map((one, at) => [one, at]));
  const byPlace = [...found].sort((one, two) => one.start - two.start || one.end - two.end);
  const kept: FoundPrivate[] = [];
  for (const one of byPlace) {
    const last = kept.at(-1);
    if (last === undefined || one.start >= last.end) kept.push(one);
    else if ((rank.get(one) ?? 0) < (rank.get(last) ?? 0)) kept[kept.length - 1] = one;
  }
  return kept;
}
