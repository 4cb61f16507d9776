const LATIN = 'abvgdđežzijklmnoprstćufhcčš';
const CYRILLIC = 'абвгдђежзијклмнопрстћуфхцчш';
const PAIRS: readonly [latin: string, cyrillic: string][] = [
  ['dž', 'џ'],
  ['lj', 'љ'],
  ['nj', 'њ'],
];

/** Serbian is written in both scripts, letter for letter. Lower case. */
export function serbianInCyrillic(text: string): string {
  const paired = PAIRS.reduce((rest, [pair, letter]) => rest.replaceAll(pair, letter), text.toLowerCase());
  return paired.replace(/[a-zđžćčš]/g, (letter) => CYRILLIC[LATIN.indexOf(letter)] ?? letter);
}

export function serbianInLatin(text: string): string {
  const paired = PAIRS.reduce((rest, [pair, letter]) => rest.replaceAll(letter, pair), text.toLowerCase());
  return paired.replace(/[ђа-шј-ћ]/g, (letter) => LATIN[CYRILLIC.indexOf(letter)] ?? letter);
}
