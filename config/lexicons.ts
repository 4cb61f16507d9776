import { readFile } from 'node:fs/promises';
import { ConfigError } from '../src/lib/errors.ts';
import { foldWord } from '../src/lib/fold.ts';
import type { ComplaintLexicon, Morphology, SentimentLexicon } from '../src/model/ports.ts';

const FOLDER = new URL('./lexicons/', import.meta.url);
const REASONS: ReadonlySet<string> = new Set([
  'delivery',
  'price',
  'staff',
  'quality',
  'service',
  'app',
  'fraud',
  'other',
  '-',
]);

interface Row {
  cells: string[];
  /** `sentiment-ru.tsv:12`. */
  at: string;
}

/** Reads the word lists beside this file. Throws ConfigError naming file and line. */
export async function loadLexicons(
  morphology: Morphology,
): Promise<{ sentiment: SentimentLexicon; complaint: ComplaintLexicon }> {
  const [ru, en, complaintRu, complaintEn] = await Promise.all([
    readRows('sentiment-ru.tsv', 2),
    readRows('sentiment-en.tsv', 2),
    readRows('complaint-ru.tsv', 3),
    readRows('complaint-en.tsv', 3),
  ]);
  return {
    sentiment: { ru: readSentiment(ru, morphology), en: readSentiment(en, morphology) },
    complaint: readComplaint([...complaintRu, ...complaintEn], morphology),
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

function readSentiment(rows: readonly Row[], morphology: Morphology): Map<string, number> {
  const lexicon = new Map<string, number>();
  for (const { cells, at } of rows) {
    const [phrase = '', weight = ''] = cells;
    for (const key of lexiconKeys(phrase, morphology)) lexicon.set(key, readWeight(weight, at));
  }
  return lexicon;
}

function readComplaint(rows: readonly Row[], morphology: Morphology): ComplaintLexicon {
  const reasons = new Map<string, string>();
  const signs = new Map<string, number>();
  for (const { cells, at } of rows) {
    const [phrase = '', reason = '', weight = ''] = cells;
    if (!REASONS.has(reason)) throw new ConfigError(`${at}: no such reason “${reason}”`);
    for (const key of lexiconKeys(phrase, morphology)) {
      signs.set(key, readWeight(weight, at));
      if (reason !== '-') reasons.set(key, reason);
    }
  }
  return { reasons, signs };
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
