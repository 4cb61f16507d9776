import { foldWord } from '../../lib/fold.ts';

/**
 * One spelling for a name however it was transliterated: «Щеглова», Shcheglova, Sheglova and Scheglova are the same after it.
 * Not to be shown: Ж is J, Ц is X, Ч is C, Ш and Щ are S.
 */
const FROM_CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'J',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'X',
  ч: 'C',
  ш: 'S',
  щ: 'S',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  і: 'i',
  ї: 'i',
  є: 'ie',
  ґ: 'g',
  ў: 'v',
  қ: 'k',
  ғ: 'g',
  ң: 'n',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
  ә: 'a',
};

/** In this order: longer groups first. */
const LATIN_GROUPS: readonly (readonly [RegExp, string])[] = [
  [/shch|sch|shh|sh/g, 'S'],
  [/tch|ch/g, 'C'],
  [/ts|tz|tc/g, 'X'],
  [/zh/g, 'J'],
  [/kh/g, 'h'],
  [/ph/g, 'f'],
  [/ck/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/q/g, 'k'],
];

const MARKS = /\p{M}+/gu;
const NO_LETTER = /[^\p{L}]+/gu;

function collapse(letters: string): string {
  return letters
    .replace(/y/g, 'i')
    .replace(/ts/g, 'X')
    .replace(/i+/g, 'i')
    .replace(/i([aeu])/g, '$1')
    .replace(/io/g, 'e')
    .replace(/(.)\1+/g, '$1');
}

/**
 * All readings of one word of a name, the likeliest first, at most four: a Latin j is й or ж, a c is к or ц.
 * `word` holds letters; whatever else stands in it is left out. Empty when no letter is left.
 */
export function readNameWord(word: string): readonly string[] {
  const known = readings.get(word);
  if (known) return known;
  const read = readUnknownWord(word);
  if (readings.size >= KNOWN_WORDS) readings.clear();
  readings.set(word, read);
  return read;
}

/** Names come again: a register of 100,000 people has some 30,000 words. */
const KNOWN_WORDS = 100_000;
const readings = new Map<string, readonly string[]>();

function readUnknownWord(word: string): string[] {
  const folded = foldWord(word).normalize('NFD').replace(MARKS, '').normalize('NFC').replace(NO_LETTER, '');
  if (folded === '') return [];
  if (/\p{Script=Cyrillic}/u.test(folded)) {
    const letters = [...folded.replace(/и\u0306?/g, 'и')]
      .map((letter) => FROM_CYRILLIC[letter] ?? letter)
      .join('');
    return [collapse(letters)];
  }
  let latin = folded;
  for (const [group, letter] of LATIN_GROUPS) latin = latin.replace(group, letter);
  const read = new Set<string>();
  for (const c of latin.includes('c') ? ['k', 'X'] : [''])
    for (const j of latin.includes('j') ? ['i', 'J'] : [''])
      read.add(collapse(latin.replace(/c/g, c).replace(/j/g, j)));
  return [...read];
}

/** The likeliest reading. */
export function foldName(word: string): string {
  return readNameWord(word)[0] ?? '';
}

/** A surname that man and woman share: «Иванова» is «Иванов», «Дубская» «Дубский». */
export function withoutGender(surname: string): string {
  return surname
    .replace(/(ov|ev|in)a$/, '$1')
    .replace(/([skXC]k)a$/, '$1i')
    .replace(/([nlrtvSgd])aia$/, '$1i');
}

const FROM_LATIN_KEYS = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>';
const FROM_RUSSIAN_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ';

/** What was typed with the other keyboard on: `hfpbyeyjdf` is «разинунова», and the other way round. */
export function otherLayout(text: string): string {
  return text.replace(/[\s\S]/g, (sign) => {
    const latin = FROM_LATIN_KEYS.indexOf(sign);
    if (latin !== -1) return FROM_RUSSIAN_KEYS.charAt(latin);
    const russian = FROM_RUSSIAN_KEYS.indexOf(sign);
    return russian === -1 ? sign : FROM_LATIN_KEYS.charAt(russian);
  });
}
