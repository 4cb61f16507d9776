import { writeFileSync } from 'node:fs';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { formatWeights } from '../../src/query/context/model.ts';
import { ownExamples, supposedExamples } from './examples.ts';
import { fitModel } from './fit-model.ts';

/** `npm run context-model -- DIR`: writes src/query/context/weights.ts from our own sentences and the corpora in DIR. */
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npm run context-model -- DIR');
  process.exitCode = 2;
} else {
  const morphology = await loadMorphology();
  const examples = [...ownExamples(morphology), ...supposedExamples(folder, morphology)];
  const weights = fitModel(examples);
  const file = new URL('../../src/query/context/weights.ts', import.meta.url);
  writeFileSync(
    file,
    `/** Made by \`npm run context-model\` (corpus/context/train.ts); docs/topics.md says from what. */\nexport const WEIGHTS = \`\n${formatWeights(weights)}\n\`;\n`,
  );
  console.log(`${examples.length} examples, ${weights.size} weights`);
}
