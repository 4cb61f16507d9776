/** Part of an English word → how Russians write what they hear, the likeliest first. Patterns are tried in this order. */
const SOUNDS: readonly (readonly [pattern: RegExp, ...heard: string[]])[] = [
  [/tion/y, 'шн', 'шен'],
  [/igh/y, 'ай'],
  [/i(?=ld|nd)/y, 'ай', 'и'],
  [/ies$/y, 'из', 'ис', 'ес'],
  [/(?<=[bcdfglmnprstvz])es$/y, 'с', 'ес', 'з'],
  [/ee|ea/y, 'и'],
  [/oo/y, 'у'],
  [/ou|ow/y, 'ау', 'оу'],
  [/ai|ay|ei|ey/y, 'ей', 'эй'],
  [/au|aw/y, 'о', 'ау'],
  [/a(?=[bcdfgklmnpstvz]e)/y, 'ей', 'э', 'а'],
  [/i(?=[bcdfgklmnpstvz]e)/y, 'ай', 'и'],
  [/o(?=[bcdfgklmnpstvz]e)/y, 'оу', 'о'],
  [/u(?=[bcdfgklmnpstvz]e)/y, 'ю', 'у'],
  [/(?<=[aeiou][bcdfgklmnpstvz])e$/y, ''],
  [/er$/y, 'ер', 'эр'],
  [/sch|sh/y, 'ш'],
  [/ch|tch/y, 'ч', 'к'],
  [/ph/y, 'ф'],
  [/th/y, 'т', 'з', 'с'],
  [/ck/y, 'к'],
  [/qu/y, 'кв'],
  [/x/y, 'кс'],
  [/j|g(?=[eiy])/y, 'дж', 'г'],
  [/c(?=[eiy])/y, 'с'],
  [/ya/y, 'я'],
  [/yu/y, 'ю'],
  [/^y/y, 'й'],
  [/y/y, 'и'],
  [/w/y, 'в', 'у'],
  [/([bcdfgklmnprstvz])\1/y, '$$', '$'],
  [/(?<=[aeioubdglmnrvy])s$/y, 'с', 'з'],
  [/^a|(?<=^[^aeiou]{1,2})a/y, 'а', 'э'],
  [/u(?=[^aeiou]{2}|[^aeiou]$)/y, 'а', 'у'],
  [/^e/y, 'э', 'е'],
];

const PLAIN: ReadonlyMap<string, string> = new Map(
  'a а|b б|c к|d д|e е|f ф|g г|h х|i и|k к|l л|m м|n н|o о|p п|q к|r р|s с|t т|u у|v в|z з'
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
);

const KEPT_AT_MOST = 24;

interface Heard {
  text: string;
  /** How often something else than the likeliest was heard. */
  oddity: number;
}

/** wildberries → «вайлдберриз», «вайлдбериз», «вайлдберрис» … : at most `most`, the likeliest first. The word is folded, Latin. */
export function heardInRussian(word: string, most = 8): string[] {
  let heard: Heard[] = [{ text: '', oddity: 0 }];
  for (let at = 0; at < word.length; ) {
    const { length, sounds } = soundsAt(word, at);
    heard = heard
      .flatMap(({ text, oddity }) =>
        sounds.map((sound, odd): Heard => ({ text: text + sound, oddity: oddity + odd })),
      )
      .sort((one, two) => one.oddity - two.oddity)
      .slice(0, KEPT_AT_MOST);
    at += length;
  }
  return [...new Set(heard.map(({ text }) => text))].slice(0, most);
}

function soundsAt(word: string, at: number): { length: number; sounds: string[] } {
  for (const [pattern, ...sounds] of SOUNDS) {
    pattern.lastIndex = at;
    const found = pattern.exec(word);
    if (!found) continue;
    const plain = PLAIN.get(word.charAt(at)) ?? '';
    return { length: found[0].length, sounds: sounds.map((sound) => sound.replaceAll('$', plain)) };
  }
  const letter = word.charAt(at);
  return { length: 1, sounds: [PLAIN.get(letter) ?? letter] };
}
