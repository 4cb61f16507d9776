import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadMorphology } from '../src/lib/morphology.ts';
import { type ClassifierModel, createClassifier } from '../src/understand/classifier/model.ts';
import { loadModel, saveModel } from '../src/understand/classifier/model-file.ts';
import { fitTargets } from './fit-targets.ts';
import { type LanguagePlan, PLANS } from './sets.ts';
import { TARGET_PLANS } from './target-sets.ts';
import { BITS, type Say, type Training, trainOpinion } from './train-opinion.ts';
import { readWordLists } from './word-lists.ts';
import { learnMoods, withMoods } from './word-moods.ts';

/** `npm run train -- --data DIR`: learns the models anew; the same data and seed give the same files. */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: 'models' },
    seed: { type: 'string', default: '1' },
  },
});

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
