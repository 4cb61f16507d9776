/** Spellings of Russian letters that people use, the usual ones first. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  а: ['a'],
  б: ['b'],
  в: ['v', 'v', 'v', 'w'],
  г: ['g'],
  д: ['d'],
  е: ['e', 'e', 'e', 'e', 'ye'],
  ё: ['e', 'yo', 'jo', 'io'],
  ж: ['zh', 'zh', 'j', 'g', 'z'],
  з: ['z'],
  и: ['i'],
  й: ['y', 'j', 'i'],
  к: ['k'],
  л: ['l'],
  м: ['m'],
  н: ['n'],
  о: ['o'],
  п: ['p'],
  р: ['r'],
  с: ['s'],
  т: ['t'],
  у: ['u'],
  ф: ['f'],
  х: ['h', 'kh', 'x'],
  ц: ['c', 'ts', 'ts', 'tc'],
  ч: ['ch', 'ch', '4', 'c'],
  ш: ['sh', 'sh', 'sh', '6', 'w'],
  щ: ['sch', 'shch', 'sh', 'w', 'shh'],
  ъ: ['', "'"],
  ы: ['y', 'y', 'i', 'ui'],
  ь: ["'", '', ''],
  э: ['e', 'e', 'je'],
  ю: ['yu', 'yu', 'ju', 'u', 'iu'],
  я: ['ya', 'ya', 'ja', 'ia', 'a', 'q'],
};

/** Russian in Latin letters as one person might type it: each letter is spelled the same way all through the text. */
export function transliterate(text: string, random: () => number): string {
  const chosen = new Map<string, string>();
  return text.toLowerCase().replace(/[а-яё]/g, (letter) => {
    const spelling = chosen.get(letter) ?? pick(SPELLINGS[letter] ?? [''], random);
    chosen.set(letter, spelling);
    return spelling;
  });
}

function pick(spellings: readonly string[], random: () => number): string {
  return spellings[Math.floor(random() * spellings.length)] ?? '';
}
