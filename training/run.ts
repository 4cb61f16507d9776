import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadMorphology } from '../src/lib/morphology.ts';
import type { OpinionText } from '../src/model/opinion.ts';
import type { Morphology } from '../src/model/ports.ts';
import { type ClassifierModel, createClassifier } from '../src/understand/classifier/model.ts';
import { loadModel, saveModel } from '../src/understand/classifier/model-file.ts';
import { readExamples, readOwnExamples, readSetTexts, readTexts } from './examples.ts';
import { type AskedQuestion, fitModel } from './fit-model.ts';
import { fitTargets } from './fit-targets.ts';
import { readOwnPosts } from './own-posts.ts';
import { type LabelledSet, type LanguagePlan, PLANS } from './sets.ts';
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
/** The genre of a text is easier to tell than its tone: the network shall not spend itself on it. */
const GENRE_WEIGHT = 0.2;

function trainOpinion(plan: LanguagePlan, { folder, morphology, seed, say }: Training): ClassifierModel {
  const texts = readTexts(folder, plan, morphology);
  say(`${texts.length} texts`);
  const vectors = learnWordVectors(
    texts.map(({ tokens }) => tokens.map(({ lemma }) => lemma)),
    { ...VECTORS, seed },
  );
  say(`${vectors.words.length} word vectors`);
  const asked = plan.questions.map((question): AskedQuestion => {
    const { name, answers, weight, byTime = false } = question;
    const posts = readOwnPosts(plan, question, morphology);
    const examples = [
      ...readExamples(folder, question, 'train', morphology),
      ...readOwnExamples(folder, question, true, morphology),
      ...(question.from ? [] : posts),
    ];
    const others = readOwnExamples(folder, question, false, morphology);
    const more = question.from ? [...others, ...posts] : others;
    return { name, answers, weight, byTime, examples, more };
  });
  const lists = readWordLists(folder, plan, morphology);
  const shape = { language: plan.language, seed, bits: BITS, cost: COST, ...NETWORK };
  const textsOf = (sets: readonly LabelledSet[]) => readSetTexts(folder, sets, morphology);
  return fitModel(shape, withGenre(asked, plan, textsOf), vectors, lists, say);
}

/** The question of which genre a text is, where there are several. */
function withGenre(
  asked: readonly AskedQuestion[],
  { questions, genres: others }: LanguagePlan,
  textsOf: (sets: readonly LabelledSet[]) => readonly OpinionText[],
): readonly AskedQuestion[] {
  const genres = [
    ...new Set([...questions.filter(({ isTone }) => isTone), ...others].map(({ name }) => name)),
  ];
  if (genres.length < 2) return asked;
  const toExample = (name: string) => (text: OpinionText) => ({
    text,
    answer: genres.indexOf(name),
    cost: 1,
  });
  const examples = [
    ...asked
      .filter(({ name }) => genres.includes(name))
      .flatMap((question) => question.examples.map(({ text }) => toExample(question.name)(text))),
    ...others.flatMap(({ name, from }) => textsOf(from).map(toExample(name))),
  ];
  return [
    ...asked,
    { name: 'genre', answers: genres, byTime: false, examples, more: [], weight: GENRE_WEIGHT },
  ];
}

/** Leans on the model of whole texts, which is learned before it. */
async function trainTowards(
  plan: LanguagePlan,
  { folder, morphology, seed }: Training,
): Promise<ClassifierModel | null> {
  const targets = TARGET_PLANS.find(({ language }) => language === plan.language);
  if (!targets) return null;
  const lists = readWordLists(folder, plan, morphology);
  const moods = learnMoods(folder, targets.moodsFrom, morphology);
  const classifier = createClassifier(await loadModel(`${values.out}/opinion-${plan.language}.model`));
  return fitTargets(targets, folder, withMoods(lists, moods), classifier, morphology, { bits: BITS, seed });
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
      const model = await run(plan, { folder, morphology, seed: Number(values.seed), say });
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
