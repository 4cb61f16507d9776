import { unitAt } from './unit-at.ts';
/**
 * The one folding of text and of query words: what is equal after it is the same word.
 * Lower case, NFKC, ё as е, one hyphen and one apostrophe, no invisible characters, no homoglyphs.
 * Stretched letters are kept: the morphology looks behind them.
 */
export interface FoldedText {
  text: string;
  /** Offset in the original at which folded unit `index` begins. */
  startOf(index: number): number;
  /** Offset in the original just after folded unit `index`. */
  endOf(index: number): number;
}

// Soft hyphen, zero-width space, non-joiner and joiner, bidi marks, word joiner, byte order mark.
const INVISIBLE = '\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF';
const INVISIBLE_CHAR = new RegExp(`^[${INVISIBLE}]$`);
const INVISIBLE_ALL = new RegExp(`[${INVISIBLE}]+`, 'g');
const ZERO_WIDTH_JOINER = '\u200D';

const LETTER_RUN = new RegExp(`[\\p{Script=Latin}\\p{Script=Cyrillic}${INVISIBLE}]+`, 'gu');
const SCRIPTS_MEET = new RegExp(
  `[A-Za-z][${INVISIBLE}]{0,9}[\\u0400-\\u04FF]|[\\u0400-\\u04FF][${INVISIBLE}]{0,9}[A-Za-z]`,
);

// Pairs that look alike, Cyrillic after Latin. Lower-case m, t, k, b, h differ from м, т, к, в, н in print only slightly.
const LOOK_ALIKE = 'AАBВCСEЕHНKКMМOОPРTТXХYУaаcсeеkкmмoоpрxхyуiіIІ';
const TO_CYRILLIC = new Map<string, string>();
const TO_LATIN = new Map<string, string>();
for (let index = 0; index + 1 < LOOK_ALIKE.length; index += 2) {
  TO_CYRILLIC.set(LOOK_ALIKE.charAt(index), LOOK_ALIKE.charAt(index + 1));
  TO_LATIN.set(LOOK_ALIKE.charAt(index + 1), LOOK_ALIKE.charAt(index));
}

/** Letters of the other script that can stand for a letter, which is in lower case. */
export function lookAlikes(letter: string): string[] {
  const found: string[] = [];
  for (const table of [TO_CYRILLIC, TO_LATIN])
    for (const [from, to] of table) if (to.toLowerCase() === letter) found.push(from);
  return found;
}

/** Characters of which folding changes more than the case: only texts that hold one take the slow way. */
const UNUSUAL =
  /[^\t\n\r\x20-\x7E\u0400-\u045F\u0490\u0491«»\u2013\u2014\u201C-\u201E]|[\u0450\u0451\u045D`]/;

/** A Latin name with a Russian ending in Cyrillic letters, «Ozonом», is no trick with look-alikes. */
const DECLINED_LATIN = /^[A-Za-z]{3,}(?:а|у|ом|е|ы|и|ов|ам|ами|ах|ой|ю|я|ем|ев|ям|ями|ях)$/;

// Made once: a post is folded several times.
const same = (index: number): number => index;
const next = (index: number): number => index + 1;

export function foldText(original: string): FoldedText {
  const text = SCRIPTS_MEET.test(original) ? original.replace(LETTER_RUN, unmixRun) : original;
  if (!UNUSUAL.test(text)) {
    return { text: text.toLowerCase().replaceAll('ё', 'е'), startOf: same, endOf: next };
  }
  return foldClusters(text);
}

/** Folds a word or short phrase when nobody asks for offsets. */
export function foldWord(word: string): string {
  return foldText(word).text;
}

/** The original spelling without invisible characters: case, ё and script are kept. For exact comparison. */
export function visibleForm(text: string): string {
  return UNUSUAL.test(text) ? text.replace(INVISIBLE_ALL, '').normalize('NFKC') : text;
}

function foldClusters(text: string): FoldedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let all = '';
  let start = 0;
  let before = 0;
  while (start < text.length) {
    const end = endOfCluster(text, start);
    const folded =
      end === start + 1 && text.charAt(start) !== ZERO_WIDTH_JOINER
        ? foldUnit(unitAt(text, start))
        : foldCluster(text.slice(start, end), text.slice(before, start));
    all += folded;
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(start);
      ends.push(end);
    }
    before = start;
    start = end;
  }
  return {
    text: all,
    startOf: (i) => starts[i] ?? text.length,
    endOf: (i) => ends[i] ?? text.length,
  };
}

const CLUSTER = /[^\p{M}]\p{M}{0,8}|\p{M}/suy;

/** Where the character that begins here ends, its marks included. */
function endOfCluster(text: string, start: number): number {
  if (isWhole(unitAt(text, start)) && (start + 1 === text.length || isWhole(unitAt(text, start + 1))))
    return start + 1;
  CLUSTER.lastIndex = start;
  return CLUSTER.test(text) ? CLUSTER.lastIndex : start + 1;
}

const [UNSEEN, WHOLE, PART] = [0, 1, 2];
const wholes = new Uint8Array(0x10000);

/** Is the unit a character that is no mark? */
function isWhole(unit: number): boolean {
  if (wholes[unit] === UNSEEN)
    wholes[unit] = /[\p{M}\p{Surrogate}]/u.test(String.fromCharCode(unit)) ? PART : WHOLE;
  return wholes[unit] === WHOLE;
}

/** Folds of single units; looked up, for texts with emoji are many. */
const unitFolds: (string | undefined)[] = [];

function foldUnit(unit: number): string {
  const known = unitFolds[unit];
  if (known !== undefined) return known;
  const folded = foldCluster(String.fromCharCode(unit), '');
  unitFolds[unit] = folded;
  return folded;
}

function foldCluster(cluster: string, previous: string): string {
  if (cluster === ZERO_WIDTH_JOINER && /\p{Extended_Pictographic}/u.test(previous)) return cluster;
  if (INVISIBLE_CHAR.test(cluster)) return '';
  if (KEPT_SIGNS.test(cluster)) return cluster;
  // Marks of stress, «за́мок», are for readers.
  const plain = cluster.length === 1 ? cluster : cluster.normalize('NFD').replace(STRESS, '$1');
  return foldCharacter(plain);
}

// Signs of which compatible spellings would make words or other signs: №, …
const KEPT_SIGNS = /^[\u2116\u2026]$/;
const STRESS = /([\u0400-\u04FF])[\u0300\u0301]/g;

/** Folds a character that stands alone: no look-alikes, no marks of stress. */
export function foldCharacter(character: string): string {
  if (KEPT_SIGNS.test(character)) return character;
  if (INVISIBLE_CHAR.test(character)) return '';
  const folded = character.normalize('NFKC').toLowerCase();
  return folded
    .replace(/[ёѐ]/g, 'е')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2019\u02BC\u0060\u00B4]/g, "'");
}

/** A run of letters in two scripts becomes one script when look-alikes explain the other; the length stays. */
function unmixRun(run: string): string {
  const latin = run.match(/\p{Script=Latin}/gu) ?? [];
  const cyrillic = run.match(/\p{Script=Cyrillic}/gu) ?? [];
  if (latin.length === 0 || cyrillic.length === 0 || DECLINED_LATIN.test(run)) return run;
  const canBeCyrillic = latin.every((letter) => TO_CYRILLIC.has(letter));
  const canBeLatin = cyrillic.every((letter) => TO_LATIN.has(letter));
  if (canBeCyrillic && (!canBeLatin || cyrillic.length >= latin.length)) return mapLetters(run, TO_CYRILLIC);
  return canBeLatin ? mapLetters(run, TO_LATIN) : run;
}

function mapLetters(run: string, table: ReadonlyMap<string, string>): string {
  return run.replace(/[\s\S]/g, (letter) => table.get(letter) ?? letter);
}
