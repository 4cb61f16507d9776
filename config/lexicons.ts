import { readFile } from 'node:fs/promises';
import { ConfigError } from '../src/lib/errors.ts';
import { foldWord } from '../src/lib/fold.ts';
import type { Morphology, SignList } from '../src/model/ports.ts';
import { POST_KINDS } from '../src/model/tag.ts';

const FOLDER = new URL('./lexicons/', import.meta.url);
interface Row {
  cells: string[];
  /** `complaint-ru.tsv:12`. */
  at: string;
}

/** Reason → words and phrases that name it: an installation's own, beside ours. */
export type OwnReasons = Readonly<Record<string, readonly string[]>>;

/** What one of an installation's own words weighs. */
const OWN_WEIGHT = 1.2;
/** No reason: only a sign. */
const NONE = '-';

/** Reads the word lists beside this file. Throws ConfigError naming file and line. */
export async function loadLexicons(
  morphology: Morphology,
  own: OwnReasons = {},
): Promise<{ complaint: SignList; kinds: SignList }> {
  const read = async (name: string) =>
    (await Promise.all(['ru', 'en'].map((language) => readRows(`${name}-${language}.tsv`, 3)))).flat();
  const [complaints, kinds] = await Promise.all([read('complaint'), read('kinds')]);
  const added = Object.entries(own).flatMap(([reason, phrases]) =>
    phrases.map((phrase): Row => ({ cells: [phrase, reason, `${OWN_WEIGHT}`], at: 'complaint_reasons' })),
  );
  return {
    complaint: readSigns([...complaints, ...added], morphology, () => true),
    kinds: readSigns(kinds, morphology, (kind) => POST_KINDS.some((one) => one === kind)),
  };
}

async function readRows(name: string, columns: number): Promise<Row[]> {
  const text = await readFile(new URL(name, FOLDER), 'utf8').catch((error: unknown) => {
    throw new ConfigError(`cannot read the word list ${name}`, error);
  });
  return parseRows(text, name, columns);
}

/** Lines that are blank or begin with `#` are left out. Throws ConfigError for a line of another width. */
export function parseRows(text: string, name: string, columns: number): Row[] {
  const rows: Row[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const cells = line.split('\t').map((cell) => cell.trim());
    const at = `${name}:${index + 1}`;
    if (cells.length !== columns || cells.includes(''))
      throw new ConfigError(`${at}: expected ${columns} columns parted by TAB`);
    rows.push({ cells, at });
  }
  return rows;
}

function readSigns(
  rows: readonly Row[],
  morphology: Morphology,
  isLabel: (label: string) => boolean,
): SignList {
  const labels = new Map<string, string>();
  const weights = new Map<string, number>();
  for (const { cells, at } of rows) {
    const [phrase = '', label = '', weight = ''] = cells;
    if (label !== NONE && !isLabel(label)) throw new ConfigError(`${at}: no such label “${label}”`);
    for (const key of lexiconKeys(phrase, morphology)) {
      weights.set(key, readWeight(weight, at));
      if (label !== NONE) labels.set(key, label);
    }
  }
  return { labels, weights };
}

function readWeight(text: string, at: string): number {
  const weight = Number(text);
  if (!Number.isFinite(weight) || Math.abs(weight) > 3)
    throw new ConfigError(`${at}: expected a weight from -3 to 3, not “${text}”`);
  return weight;
}

/**
 * A dictionary form stands for itself; a word the dictionary does not know for everything it may be; an English
 * word for its regular forms, since stems are too coarse here: “useful” and “us”, “pleased” and “please” share one.
 * In a phrase each word counts by its likeliest lemma, as the taggers look it up.
 */
function lexiconKeys(phrase: string, morphology: Morphology): readonly string[] {
  const words = foldWord(phrase).split(/\s+/);
  const first = words[0] ?? '';
  if (words.length > 1) return [words.map((word) => morphology.lemmas(word)[0] ?? word).join(' ')];
  if (/^[a-z]+$/.test(first)) return englishForms(first);
  const lemmas = morphology.lemmas(first);
  return lemmas.includes(first) ? [first] : lemmas;
}

function englishForms(word: string): string[] {
  if (word.length < 3) return [word];
  const base = word.replace(/e$/, '');
  if (/[^aeiou]y$/.test(word)) {
    const root = word.slice(0, -1);
    return [word, `${root}ies`, `${root}ied`, `${word}ing`];
  }
  return [word, `${word}s`, `${base}es`, `${base}ed`, `${base}ing`];
}
