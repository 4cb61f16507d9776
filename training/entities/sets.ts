import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type MarkedText, outermost } from '../../corpus/entities/marked-text.ts';
import { type Columns, readColumns } from '../../corpus/entities/read-columns.ts';
import { readCases } from '../../corpus/set.ts';
import { readBrat } from './read-brat.ts';

const SHORT = { PER: 0, ORG: 1, LOC: 2 };
const WNUT = { person: 0, corporation: 1, group: 1, location: 2 };
const NEREL = {
  PERSON: 0,
  ORGANIZATION: 1,
  CITY: 2,
  COUNTRY: 2,
  STATE_OR_PROVINCE: 2,
  STATE_OR_PROV: 2,
  DISTRICT: 2,
  LOCATION: 2,
  FACILITY: 2,
};

/** What the models are learned from; docs/models/entities.md has licences and addresses. */
export function readTrainingTexts(folder: string, language: 'ru' | 'en'): MarkedText[] {
  return language === 'ru' ? readRussian(folder) : readEnglish(folder);
}

function readRussian(folder: string): MarkedText[] {
  const nerel = ['train', 'dev', 'test'].flatMap((part) => readBrat(join(folder, 'nerel', part), NEREL));
  return [...nerel, ...readFactRuEval(folder)].map(({ text, marks }) => ({ text, marks: outermost(marks) }));
}

interface FactCase {
  text: string;
  entities: [number, number, 'PER' | 'ORG' | 'LOC'][];
}

/** News of FactRuEval 2016; none when they are not there. */
function readFactRuEval(folder: string): MarkedText[] {
  const file = 'ru_factrueval_ner.train.jsonl';
  if (!existsSync(join(folder, file))) return [];
  return readCases<FactCase>(folder, file).map(({ text, entities }) => ({
    text,
    marks: entities.map(([start, end, kind]) => ({ start, end, kind: SHORT[kind] })),
  }));
}

function readEnglish(folder: string): MarkedText[] {
  const plain = (label: number, kinds: Columns['kinds'] = SHORT) => ({ word: 0, label, kinds });
  return [
    ...['a', 'b', 'e', 'f', 'g', 'h'].flatMap((part) =>
      readColumns(join(folder, 'btc', `${part}.conll`), plain(1)),
    ),
    ...['wnut17train.conll', 'emerging.dev.conll'].flatMap((file) =>
      readColumns(join(folder, 'wnut17', file), plain(1, WNUT)),
    ),
    ...['dev', 'test'].flatMap((part) =>
      readColumns(join(folder, 'ewt', `en_ewt-ud-${part}.iob2`), { word: 1, label: 2, kinds: SHORT }),
    ),
    ...readColumns(join(folder, 'wikigold', 'wikigold.conll.txt'), plain(1)),
  ].map(({ text, marks }) => ({ text, marks: outermost(marks) }));
}
