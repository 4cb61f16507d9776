const LEGAL = new Set(
  'ооо оао пао ао зао нао ип нко фгуп гуп муп тоо ltd llc inc corp corporation co gmbh plc ag sa'.split(' '),
);
/** Words that name the trade or the group and are left out in talk. */
const GENERIC = new Set(
  'банк bank банка телеком telecom групп группа group холдинг holding компания company магазин магазины shop store маркет market онлайн online россия russia'.split(
    ' ',
  ),
);
/** The same, glued to the name: «Райффайзенбанк». */
const GLUED = /^(.{4,})(банк|bank|телеком|telecom|маркет|market|групп|group)$/;

/** Folded words of a name: at blanks, hyphens, stops, signs, and between letters and digits. */
export function wordsOfName(name: string): string[] {
  return name
    .replaceAll('ё', 'е')
    .replaceAll('Ё', 'Е')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})/u)
    .filter((word) => word !== '');
}

/** Without legal form: what people call it. */
export function withoutLegalForm(words: readonly string[]): string[] {
  const rest = words.filter((word) => !LEGAL.has(word));
  return rest.length > 0 ? rest : [...words];
}

/** Also without the word for its trade, glued or apart; null when nothing is left out or nothing remains. */
export function shortName(words: readonly string[]): string | null {
  const rest = words.filter((word) => !GENERIC.has(word));
  const [only = ''] = rest;
  const glued = rest.length === 1 ? GLUED.exec(only)?.[1] : undefined;
  if (glued !== undefined) return glued;
  return rest.length > 0 && rest.length < words.length ? rest.join(' ') : null;
}

/** A name and the word for its trade in one: «райффайзенбанк». */
export function isCompound(word: string): boolean {
  return GLUED.test(word);
}

/** «райффайзенбанк» → райффайзен, банк; words that stand apart stay so. */
export function unglued(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const found = GLUED.exec(word);
    return found ? [found[1] ?? '', found[2] ?? ''] : [word];
  });
}

/** «Мобильные ТелеСистемы» → «мтс»; null for fewer than three letters. */
export function initials(name: string): string | null {
  const words = withoutLegalForm(wordsOfName(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')));
  const letters = words.map((word) => word.charAt(0)).join('');
  return letters.length >= 3 ? letters : null;
}
