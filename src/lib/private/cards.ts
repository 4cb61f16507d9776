import { isLuhn } from './checksums.ts';
import type { FoundPrivate } from './found.ts';

/** Groups of digits with a blank or a hyphen between; 12 digits at least. Bounded, so that the search is linear. */
const ROW = /(?<![\p{L}\p{Nd}])\p{Nd}(?:[ \u00a0\u202f\-\u2010-\u2013]?\p{Nd}){11,60}(?![\p{L}\p{Nd}])/gu;
const GROUP = /\p{Nd}+/gu;
/** American Express has 15 digits, most have 16, some of Maestro and UnionPay more. */
const NUMBER = /^(?:3[47]\d{13}|[2-6]\d{15}|[3-6]\d{17,18})$/;

interface Group {
  start: number;
  end: number;
  digits: string;
}

/** Card numbers: of a length that there is, and with Luhn's check digit. */
export function findCards(text: string): FoundPrivate[] {
  const found: FoundPrivate[] = [];
  for (const { 0: row, index } of text.matchAll(ROW)) {
    const groups = [...row.matchAll(GROUP)].map(({ 0: digits, index: at }) => ({
      start: index + at,
      end: index + at + digits.length,
      digits: digits.normalize('NFKC'),
    }));
    for (let at = 0; at < groups.length; ) {
      const count = cardAt(groups, at);
      if (count > 0) found.push(toFound(groups.slice(at, at + count)));
      at += Math.max(1, count);
    }
  }
  return found;
}

/** How many groups from here on are a card number; 0: none. */
function cardAt(groups: readonly Group[], from: number): number {
  let digits = '';
  let best = 0;
  for (let to = from; to < groups.length && digits.length < 19; to += 1) {
    digits += groups[to]?.digits ?? '';
    if (NUMBER.test(digits) && isLuhn(digits)) best = to - from + 1;
  }
  return best;
}

function toFound(groups: readonly Group[]): FoundPrivate {
  const value = groups.map(({ digits }) => digits).join('');
  return { kind: 'card', value, start: groups[0]?.start ?? 0, end: groups.at(-1)?.end ?? 0 };
}
