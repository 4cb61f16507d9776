import { parseArgs } from 'node:util';
import { loadMorphology } from '../src/lib/morphology.ts';
import type { Morphology } from '../src/model/ports.ts';
import { createClassifier, createTargetReader } from '../src/understand/classifier/model.ts';
import { loadModel } from '../src/understand/classifier/model-file.ts';
import { readTone, TONES } from '../src/understand/classifier/tone.ts';
import { largest } from '../src/understand/probabilities.ts';
import { readExamples } from './examples.ts';
import { readTargetExamples } from './fit-targets.ts';
import { measure } from './measure.ts';
import { PLANS } from './sets.ts';
import { TARGET_PLANS } from './target-sets.ts';

/** `npm run eval -- --data DIR [--models DIR]`: the models that ship, on the developers' sets. */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    models: { type: 'string', default: 'models' },
    only: { type: 'string' },
  },
});

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function show(name: string, right: readonly number[], given: readonly number[], classes: number): void {
  const score = measure(right, given, classes);
  const each = score.f1.map(percent).join(' ');
  console.log(
    `${name.padEnd(36)} ${String(score.count).padStart(6)}  macro-F1 ${percent(score.macroF1)}  recall ${percent(score.macroRecall)}  accuracy ${percent(score.accuracy)}  F1 ${each}`,
  );
}

/** How texts sound towards a target, by the model alone. */
async function evaluateTargets(folder: string, morphology: Morphology): Promise<void> {
  for (const { language, sets } of TARGET_PLANS) {
    const model = await loadModel(`${values.models}/towards-${language}.model`);
    const read = createTargetReader(model);
    for (const { name, question } of sets) {
      const examples = readTargetExamples(folder, name, 'dev', morphology);
      const given = examples.map(({ view }) => largest(read(view).get(question) ?? []));
      show(
        `${language} towards, ${question} (${name})`,
        examples.map(({ answer }) => answer),
        given,
        3,
      );
    }
  }
}

async function evaluate(folder: string, morphology: Morphology): Promise<void> {
  for (const plan of PLANS) {
    const classifier = createClassifier(await loadModel(`${values.models}/opinion-${plan.language}.model`));
    for (const question of plan.questions) {
      const { name, from, answers, isTone } = question;
      const examples = readExamples(folder, question, 'dev', morphology);
      const right = examples.map(({ answer }) => answer);
      const said = examples.map(({ text }) => classifier.classify(text));
      const own = said.map((all) => largest(all.get(name) ?? []));
      const title = `${plan.language} ${name} (${from.name})`;
      if (!isTone) {
        show(title, right, own, answers.length);
        continue;
      }
      const tones = said.map((all) => TONES.indexOf(readTone(classifier, all).tone));
      show(title, right, tones, answers.length);
      show('   when the kind is known', right, own, answers.length);
    }
  }
}

if (values.data === undefined) {
  console.error('usage: npm run eval -- --data DIR [--models DIR]');
  process.exitCode = 2;
} else {
  const morphology = await loadMorphology();
  if (values.only !== 'towards') await evaluate(values.data, morphology);
  if (values.only !== 'opinion') await evaluateTargets(values.data, morphology);
}
