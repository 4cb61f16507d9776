import { join } from 'node:path';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { type ContextModel, createContextCheck, type TopicExample } from '../../src/query/context/check.ts';
import { probability } from '../../src/query/context/logistic.ts';
import { loadContextModel } from '../../src/query/context/model.ts';
import { type BrandExample, ownExamples, supposedExamples } from '../context/examples.ts';
import { createFinder } from '../context/finder.ts';
import { fitModel } from '../context/fit-model.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';

interface Case {
  id: string;
  brand: string;
  about: string;
  mention: boolean;
  text: string;
}

const FOLDS = 8;

/** Ambiguous names: is the brand meant? None of the brands of this set was seen in training. */
export const brandContext: CorpusSet = {
  name: 'brand-context',
  run: async (folder, explain) => {
    const cases = readCases<Case>(join(folder, 'nlp'), 'ru_en_brand_ambiguity.dev.jsonl');
    const morphology = await loadMorphology();
    const model = loadContextModel(morphology);
    const told = judgeCases(cases, model, () => []);
    const taught = judgeCases(cases, model, (one, find) => othersOf(one, cases, find));
    for (const [at, one] of cases.entries())
      if (told[at] !== one.mention) explain(`${one.mention ? 'lost' : 'let through'} ${one.id}: ${one.text}`);
    const passed = cases.filter((_, at) => told[at]);
    const right = passed.filter(({ mention }) => mention);
    const brands = cases.filter(({ mention }) => mention);
    return [
      row('ambiguous names: accuracy', countRight(cases, told), cases.length, 0.75, 0.88),
      row('ambiguous names: precision', right.length, passed.length),
      row('ambiguous names: recall', right.length, brands.length),
      row('ambiguous names: always a mention', brands.length, cases.length),
      row('ambiguous names: with the brand’s other examples', countRight(cases, taught), cases.length),
      ...(await unseenBrands(folder, morphology, explain)),
    ];
  },
};

function row(measure: string, count: number, of: number, must?: number, aim?: number): CorpusRow {
  const floors = { ...(must === undefined ? {} : { must }), ...(aim === undefined ? {} : { aim }) };
  return { measure, value: of === 0 ? 0 : count / of, ...floors, detail: `${count} of ${of}` };
}

type Find = ReturnType<typeof createFinder>;

/** A text that the topic's query does not match is no mention. */
function judgeCases(
  cases: readonly Case[],
  model: ContextModel,
  examplesFor: (one: Case, find: Find) => TopicExample[],
): boolean[] {
  const find = createFinder(model.morphology);
  return cases.map((one) => {
    const topic = { name: one.brand, about: one.about, examples: examplesFor(one, find) };
    const check = createContextCheck(model, topic);
    return find(one.brand, one.text).some((span) => check(one.text, span).probability >= 0.5);
  });
}

function othersOf(one: Case, cases: readonly Case[], find: Find): TopicExample[] {
  return cases
    .filter((other) => other.brand === one.brand && other !== one)
    .flatMap(({ brand, text, mention }) => {
      const [span] = find(brand, text);
      return span ? [{ text, span, isBrand: mention }] : [];
    });
}

function countRight(cases: readonly Case[], told: readonly boolean[]): number {
  return cases.filter(({ mention }, at) => told[at] === mention).length;
}

/** Our own sentences, each brand judged by a model that never saw it. */
async function unseenBrands(
  folder: string,
  morphology: Morphology,
  explain: (miss: string) => void,
): Promise<CorpusRow[]> {
  const own = ownExamples(morphology);
  const supposed = supposedExamples(folder, morphology);
  const brands = [...new Set(own.map(({ brand }) => brand))];
  const right: BrandExample[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const held = new Set(brands.filter((_, at) => at % FOLDS === fold));
    const weights = fitModel([...own.filter(({ brand }) => !held.has(brand)), ...supposed]);
    for (const one of own.filter(({ brand }) => held.has(brand)))
      if (probability(one.keys, weights) >= 0.5 === one.positive) right.push(one);
      else explain(`unseen brand ${one.brand}`);
  }
  return (['ru', 'en'] as const).map((language) =>
    row(
      `ambiguous names: own sentences, brands left out, ${language}`,
      right.filter((one) => one.language === language).length,
      own.filter((one) => one.language === language).length,
    ),
  );
}
