import { foldHandle } from '../accounts.ts';
import { foldName, readNameWord, withoutGender } from './fold-name.ts';
import type { NameLexicon, PersonName } from './parse-name.ts';

/** What a handle may say of its owner. */
export interface HandleReading {
  /** Each is one way of reading it as a name; at most MAX_READINGS. */
  names: readonly PersonName[];
  /** Year of birth, of four digits, or its last two. */
  year: { value: number; digits: 2 | 4 } | null;
}

const MAX_HANDLE = 64;
const MAX_READINGS = 24;
const LEAST_SURNAME = 4;
const LEAST_FIRST = 3;
const YEARS = { from: 1930, to: 2015 };
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's' };

/** Digits amid letters stand for letters: `f1l4t0v4`. */
function withoutLeet(handle: string): string {
  return handle.replace(/(?<=\p{L})[01345](?=\p{L})/gu, (digit) => LEET[digit] ?? digit);
}

function yearIn(handle: string): HandleReading['year'] {
  const digits = /(?<!\d)(\d{4}|\d{2})(?!\d)(?=\D*$)/.exec(handle)?.[1];
  if (digits === undefined) return null;
  const value = Number(digits);
  if (digits.length === 2) return { value, digits: 2 };
  return value >= YEARS.from && value <= YEARS.to ? { value, digits: 4 } : null;
}

const lastsOf = (word: string): string[] => [...new Set(readNameWord(word).map(withoutGender))];

interface Parts {
  firsts?: readonly string[];
  lasts?: string[];
  initials?: string[];
}

const toName = ({ firsts = [], lasts = [], initials = [] }: Parts): PersonName => ({
  firsts,
  lasts,
  patronymic: null,
  initials,
});

/** First name and surname in both orders; one letter is an initial. */
function fromTwo([one, two]: readonly [string, string], lexicon: NameLexicon): PersonName[] {
  return [
    [one, two],
    [two, one],
  ].flatMap(([first = '', last = '']): PersonName[] => {
    if (last.length < 2) return [];
    if (first.length === 1) return [toName({ initials: [foldName(first)], lasts: lastsOf(last) })];
    const firsts = lexicon.firstNames(first);
    if (firsts.length === 0) return [];
    if (last.length === 1) return [toName({ firsts, initials: [foldName(last)] })];
    return [toName({ firsts, lasts: lastsOf(last) })];
  });
}

/** A name written in one: `ngalkina`, `sakharovy`, `annasmirnova`, `evgeniys`. */
function fromOne(word: string, lexicon: NameLexicon): PersonName[] {
  const found: PersonName[] = [];
  if (word.length >= LEAST_SURNAME) found.push(toName({ lasts: lastsOf(word) }));
  if (word.length > LEAST_SURNAME) {
    found.push(toName({ initials: [foldName(word.slice(-1))], lasts: lastsOf(word.slice(0, -1)) }));
    found.push(toName({ initials: [foldName(word.slice(0, 1))], lasts: lastsOf(word.slice(1)) }));
  }
  for (let cut = LEAST_FIRST; cut < word.length; cut += 1) {
    const [left, right] = [word.slice(0, cut), word.slice(cut)];
    const before = lexicon.firstNames(left);
    if (before.length > 0)
      found.push(
        right.length === 1
          ? toName({ firsts: before, initials: [foldName(right)] })
          : toName({ firsts: before, lasts: lastsOf(right) }),
      );
    const after = right.length >= LEAST_FIRST ? lexicon.firstNames(right) : [];
    if (after.length > 0 && left.length >= LEAST_SURNAME)
      found.push(toName({ firsts: after, lasts: lastsOf(left) }));
  }
  return found;
}

/** All that a handle may say: `a.morozov81`, `natalja_kulikova_324`, `f1l4t0v4t93`. */
export function readHandle(handle: string, lexicon: NameLexicon): HandleReading {
  const plain = withoutLeet(foldHandle(handle).slice(0, MAX_HANDLE));
  const words = plain.split(/[^\p{L}]+/u).filter((word) => word !== '' && word !== 'the');
  const [one = '', two = ''] = words;
  const names =
    words.length === 1 ? fromOne(one, lexicon) : words.length === 2 ? fromTwo([one, two], lexicon) : [];
  return { names: names.slice(0, MAX_READINGS), year: yearIn(plain) };
}
