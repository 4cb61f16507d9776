import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { detectLanguage } from '../../src/understand/language/detect.ts';
import { formatModels, type LanguageModels, useLanguageModels } from '../../src/understand/language/model.ts';
import { fitLanguageModels } from './fit-models.ts';
import { linguaTexts } from './texts.ts';

const FILE = new URL('../../models/language.bin.gz', import.meta.url);
const FOLDS = 5;
const WORDS = 6;

interface Tally {
  right: number;
  all: number;
}

export interface TrainedLanguage {
  /** Where the weights were written, and the size of that file. */
  file: string;
  bytes: number;
  /** On lingua's texts, by weights that have not seen them, by part and language: `6 words, bg`. */
  crossValidated: Record<string, Tally>;
}

/**
 * Writes models/language.bin.gz from the sets in `folder` (langid.train.jsonl.gz, ru_*, en_*), after measuring by
 * cross-validation what such weights are worth. Some minutes.
 */
export async function trainLanguage(folder: string): Promise<TrainedLanguage> {
  const crossValidated = crossValidate(folder);
  const packed = packModels(fitLanguageModels(folder, linguaTexts(folder)));
  writeFileSync(FILE, packed);
  return { file: FILE.pathname, bytes: packed.length, crossValidated };
}

function packModels(models: LanguageModels): Uint8Array {
  return gzipSync(formatModels(models), { level: 9 });
}

function crossValidate(folder: string): Record<string, Tally> {
  const texts = linguaTexts(folder);
  const tallies = new Map<string, Tally>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const seen = texts.filter((_, index) => index % FOLDS !== fold);
    useLanguageModels(fitLanguageModels(folder, seen));
    texts.forEach(({ code, kind, text }, index) => {
      if (index % FOLDS !== fold) return;
      judge(tallies, `${kind}, ${code}`, text, code);
      if (kind === 'sentences') judge(tallies, `${WORDS} words, ${code}`, firstWords(text), code);
    });
  }
  useLanguageModels(null);
  return Object.fromEntries([...tallies].sort());
}

function judge(tallies: Map<string, Tally>, name: string, text: string, code: string): void {
  const tally = tallies.get(name) ?? { right: 0, all: 0 };
  const isRight = detectLanguage(text, null).code === code;
  tallies.set(name, { right: tally.right + (isRight ? 1 : 0), all: tally.all + 1 });
}

function firstWords(text: string): string {
  return text.split(/\s+/).slice(0, WORDS).join(' ');
}
