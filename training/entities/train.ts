import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { formatEntityModels } from '../../src/understand/entities/model.ts';
import { createNameLists, type NameLists } from '../../src/understand/entities/name-lists.ts';
import type { SequenceWeights } from '../../src/understand/entities/sequence-weights.ts';
import { wordFacts } from '../../src/understand/entities/word-facts.ts';
import { inLowerCase, toExample } from './examples.ts';
import { FIT, fitSequence } from './fit.ts';
import { packSequence } from './pack.ts';
import { readTrainingTexts } from './sets.ts';

const FILE = new URL('../../models/entities.bin.gz', import.meta.url);
/** One text in so many is learned in lower case too. */
const LOWERED = 20;

/** `npx tsx training/entities/train.ts --data DIR`: writes models/entities.bin.gz. Two minutes. */
const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined)
  throw new Error('--data DIR: the folder with the sets of docs/models/entities.md');

function readLines(name: string): string[] {
  return gunzipSync(readFileSync(new URL(name, import.meta.url)))
    .toString('utf8')
    .trim()
    .split('\n');
}

async function train(folder: string, language: 'ru' | 'en', lists: NameLists): Promise<SequenceWeights> {
  const texts = readTrainingTexts(folder, language);
  const facts = wordFacts(await loadMorphology(), lists);
  const lowered = texts.filter((_, at) => at % LOWERED === 0).map(inLowerCase);
  const examples = [...texts, ...lowered].map((text) => toExample(text, facts));
  console.log(`${language}: ${texts.length} texts`);
  return packSequence(fitSequence(examples, FIT, console.log), language === 'en' ? 1 : 0);
}

const lists = createNameLists(readLines('first-names.txt.gz'), readLines('places.txt.gz'));
const ru = await train(values.data, 'ru', lists);
const en = await train(values.data, 'en', lists);
const packed = gzipSync(formatEntityModels({ ru, en, lists }), { level: 9 });
writeFileSync(FILE, packed);
console.log(`${FILE.pathname}: ${packed.length} bytes`);
