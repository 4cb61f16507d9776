/** Letters as they are commonly written, BGN/PCGN simplified; then what other schemes write otherwise. */
const TO_LATIN: Readonly<Record<string, string>> = {
  ...letters('абвгдеёзийклмнопрстуфыэ', 'abvgdeeziyklmnoprstufye'),
  ж: 'zh',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ь: '',
  ю: 'yu',
  я: 'ya',
};

/** Spellings of whole schemes and habits: passports (ICAO 9303), ISO 9 without signs, and what people type. */
const HABITS: readonly (readonly [from: RegExp, to: string])[][] = [
  [
    [/й/g, 'i'],
    [/ю/g, 'iu'],
    [/я/g, 'ia'],
  ],
  [
    [/х/g, 'h'],
    [/ц/g, 'c'],
    [/й/g, 'j'],
    [/ю/g, 'ju'],
    [/я/g, 'ja'],
  ],
  [[/кс/g, 'x']],
  [[/х/g, 'h']],
  [[/(?<=[оеё])в$/, 'ff']],
  [[/(?<=[оеё])фф?$/, 'v']],
];

function letters(from: string, to: string): Record<string, string> {
  return Object.fromEntries([...from].map((letter, at) => [letter, to.charAt(at)]));
}

/** «тинькофф» → tinkoff, tinkov. The word is folded; the common spelling comes first. */
export function toLatin(word: string): string[] {
  const spell = (text: string) => [...text].map((letter) => TO_LATIN[letter] ?? letter).join('');
  const habits = HABITS.map((pairs) => pairs.reduce((text, [from, to]) => text.replace(from, to), word));
  return [...new Set([word, ...habits].map(spell))];
}

const FROM_LATIN: readonly (readonly [string, string])[] = (
  'shch щ|sch щ|zh ж|kh х|ts ц|ch ч|sh ш|yu ю|ya я|yo е|ju ю|ja я|ph ф|th т|ck к|qu кв|oo у|ee и|x кс|' +
  'a а|b б|c к|d д|e е|f ф|g г|h х|i и|j й|k к|l л|m м|n н|o о|p п|q к|r р|s с|t т|u у|v в|w в|y и|z з'
)
  .split('|')
  .map((pair) => pair.split(' ') as [string, string]);

/** Letter by letter, as a Russian name in Latin letters is read: tinkoff → «тинкофф». */
export function toCyrillic(word: string): string {
  let text = '';
  for (let at = 0; at < word.length; ) {
    const [latin, cyrillic] = FROM_LATIN.find(([from]) => word.startsWith(from, at)) ?? [
      word.charAt(at),
      word.charAt(at),
    ];
    text += cyrillic;
    at += latin.length;
  }
  return text;
}
