const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбю';
const SHORTEST = 4;

/**
 * What comes out when the name is typed in the other layout: «тинькофф» → `nbymrjaa`. null when that would not be a word (a key
 * of a letter is a sign), or a word so short that it means something else.
 */
export function otherLayout(name: string): string | null {
  const typed = swap(name, CYRILLIC, LATIN) ?? swap(name, LATIN, CYRILLIC);
  return typed !== null && typed.length >= SHORTEST && /^\p{L}+$/u.test(typed) ? typed : null;
}

/** What comes out when a Latin word is typed in the Russian layout: `tone` → «ещту»; null when a key is no letter there. */
export function typedInRussian(word: string): string | null {
  return swap(word, LATIN, CYRILLIC);
}

function swap(name: string, from: string, to: string): string | null {
  let typed = '';
  for (const letter of name.toLowerCase().replaceAll('ё', 'е')) {
    const key = from.indexOf(letter);
    if (key < 0) return null;
    typed += to.charAt(key);
  }
  return typed;
}
