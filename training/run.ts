import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadMorphology } from '../src/lib/morphology.ts';
import type { Morphology } from '../src/model/ports.ts';
import type { ClassifierModel } from '../src/understand/classifier/model.ts';
import { saveModel } from '../src/understand/classifier/model-file.ts';
import { readExamples, readTexts } from './examples.ts';
import { type AskedQuestion, fitModel } from './fit-model.ts';
import { fitTargets } from './fit-targets.ts';
import { type LanguagePlan, PLANS } from './sets.ts';
import { TARGET_PLANS } from './target-sets.ts';
import { readWordLists } from './word-lists.ts';
import { learnMoods, withMoods } from './word-moods.ts';
import { learnWordVectors } from './word-vectors.ts';

/** `npm run train -- --data DIR`: learns the models anew; the same data and seed give the same files. */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: 'models' },
    seed: { type: 'string', default: '1' },
  },
});

type Say = (progress: string) => void;

interface Training {
  folder: string;
  morphology: Morphology;
  seed: number;
  say: Say;
}

const BITS = 19;
const VECTORS = { dimensions: 64, rounds: 4 };
const NETWORK = { filters: 48, rounds: 5 };
const COST = 2;
/** The kind of a text is easier to tell than its tone: the network shall not spend itself on it. */
const KIND_WEIGHT = 0.2;

function trainOpinion(plan: LanguagePlan, { folder, morphology, seed, say }: Training): ClassifierModel {
  const texts = readTexts(folder, plan, morphology);
  say(`${texts.length} texts`);
  const vectors = learnWordVectors(
    texts.map(({ tokens }) => tokens.map(({ lemma }) => lemma)),
    { ...VECTORS, seed },
  );
  say(`${vectors.words.length} word vectors`);
  const asked = plan.questions.map((question) => ({
    name: question.name,
    answers: question.answers,
    byTime: question.byTime === true,
    examples: readExamples(folder, question, 'train', morphology),
    weight: question.weight,
  }));
  const lists = readWordLists(folder, plan, morphology);
  const shape = { language: plan.language, seed, bits: BITS, cost: COST, ...NETWORK };
  return fitModel(shape, withKind(asked, plan), vectors, lists, say);
}

/** The question what kind of text it is, where there are several. */
function withKind(asked: readonly AskedQuestion[], { questions }: LanguagePlan): readonly AskedQuestion[] {
  const kinds = questions.filter(({ isTone }) => isTone).map(({ name }) => name);
  if (kinds.length < 2) return asked;
  const examples = asked.flatMap((question) => {
    const answer = kinds.indexOf(question.name);
    return answer < 0 ? [] : question.examples.map(({ text }) => ({ text, answer }));
  });
  return [...asked, { name: 'genre', answers: kinds, byTime: false, examples, weight: KIND_WEIGHT }];
}

function trainTowards(plan: LanguagePlan, { folder, morphology, seed }: Training): ClassifierModel | null {
  const targets = TARGET_PLANS.find(({ language }) => language === plan.language);
  if (!targets) return null;
  const lists = readWordLists(folder, plan, morphology);
  const moods = learnMoods(folder, targets.moodsFrom, morphology);
  return fitTargets(targets, folder, withMoods(lists, moods), morphology, { bits: BITS, seed });
}

const STEPS = { opinion: trainOpinion, towards: trainTowards };

async function train(folder: string): Promise<void> {
  const morphology = await loadMorphology();
  mkdirSync(values.out, { recursive: true });
  for (const plan of PLANS)
    for (const [step, run] of Object.entries(STEPS)) {
      const name = `${step}-${plan.language}`;
      if (values.only !== undefined && values.only !== name) continue;
      const started = performance.now();
      const say: Say = (progress) => {
        const seconds = ((performance.now() - started) / 1000).toFixed(0);
        console.log(`${name} ${seconds.padStart(4)} s  ${progress}`);
      };
      const model = run(plan, { folder, morphology, seed: Number(values.seed), say });
      if (!model) continue;
      const bytes = await saveModel(model, `${values.out}/${name}.model`);
      say(`${(bytes / 1e6).toFixed(2)} MB, version ${model.version}`);
    }
}

if (values.data === undefined) {
  console.error(
    'usage: npm run train -- --data DIR [--only opinion-ru|opinion-en|towards-ru|towards-en] [--out DIR] [--seed N]',
  );
  process.exitCode = 2;
} else await train(values.data);
