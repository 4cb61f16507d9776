import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadTagResources } from '../src/app/tag-resources.ts';
import { errorMessage, PermanentError } from '../src/lib/errors.ts';
import { randomFrom } from '../src/lib/random.ts';
import type { TagResources } from '../src/model/ports.ts';
import type { Complaint, Sentiment } from '../src/model/tag.ts';
import { createClassifier } from '../src/understand/classifier/model.ts';
import { TONES } from '../src/understand/classifier/tone.ts';
import { understand } from '../src/understand/understand.ts';
import { EVAL_ROWS, type EvalCase, type EvalRow } from './eval-sets.ts';
import { measure } from './measure.ts';
import { MEASURED_PLANS } from './sets.ts';
import { trainOpinion } from './train-opinion.ts';

/**
 * `npm run eval -- --data DIR [--models DIR] [--only WORDS] [--learn]`: what the taggers say of the developers' sets, in the form of issue
 * 5's table. With `--learn` also of sets that only a model in memory may learn from, which takes minutes.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    models: { type: 'string' },
    only: { type: 'string', default: '' },
    learn: { type: 'boolean', default: false },
  },
});

const RESAMPLES = 300;

function answerTo({ text, targets, about }: EvalCase, { asks }: EvalRow, resources: TagResources): number {
  const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
  const key = about === null ? '' : (targets[about]?.key ?? '');
  const tags = understand({ document, targets }, resources);
  const value = tags.find(({ kind, target }) => kind === asks && target === key)?.value;
  if (asks === 'complaint') return (value as Complaint).isComplaint ? 1 : 0;
  return TONES.indexOf((value as Sentiment).best ?? 'neutral');
}

/** Of 100. */
function figureOf({ figure, asks }: EvalRow, right: readonly number[], given: readonly number[]): number {
  const score = measure(right, given, asks === 'complaint' ? 2 : TONES.length);
  const [first = 0] = score.f1;
  const last = score.f1.at(-1) ?? 0;
  const { macroF1, macroRecall, accuracy } = score;
  return 100 * { macroF1, macroRecall, accuracy, opinionF1: (first + last) / 2, yesF1: last }[figure];
}

/** Where 95 of 100 samples drawn anew from the same cases lie. */
function interval(row: EvalRow, right: readonly number[], given: readonly number[]): [number, number] {
  const random = randomFrom(1);
  const figures = Array.from({ length: RESAMPLES }, () => {
    const drawn = right.map(() => Math.floor(random() * right.length));
    return figureOf(
      row,
      drawn.map((at) => right[at] as number),
      drawn.map((at) => given[at] as number),
    );
  }).sort((one, two) => one - two);
  return [figures[Math.floor(0.025 * RESAMPLES)] ?? 0, figures[Math.ceil(0.975 * RESAMPLES) - 1] ?? 0];
}

function show(row: EvalRow, folder: string, resources: TagResources): void {
  const cases = row.read(folder);
  if (cases.length === 0) return;
  const right = cases.map((one) => one.right);
  const given = cases.map((one) => answerTo(one, row, resources));
  const figure = figureOf(row, right, given);
  const [low, high] = interval(row, right, given);
  const f1 = measure(right, given, row.asks === 'complaint' ? 2 : TONES.length).f1.map((one) =>
    (100 * one).toFixed(1),
  );
  console.log(
    `| ${row.name} | ${cases.length} | ${row.figure} | **${figure.toFixed(1)}** | ${low.toFixed(1)}–${high.toFixed(1)} | ${row.must} | ${row.aim} | ${f1.join(' ')} |`,
  );
}

async function evaluate(folder: string): Promise<void> {
  const { models } = values;
  const resources = await loadTagResources(
    {},
    models === undefined ? undefined : (name) => pathToFileURL(`${models}/${name}.model`),
  );
  console.log(
    '| measure | cases | figure | dev | 95 % | must | aim | F1 by class |\n|---|---|---|---|---|---|---|---|',
  );
  const rows = EVAL_ROWS.filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()));
  for (const row of rows.filter(({ learns }) => !learns)) show(row, folder, resources);
  if (!values.learn) return;
  const learned = { ...resources, classifiers: learnInMemory(folder, resources) };
  for (const row of rows.filter(({ learns }) => learns)) show(row, folder, learned);
}

function learnInMemory(folder: string, { morphology }: TagResources): TagResources['classifiers'] {
  const training = { folder, morphology, seed: 1, say: () => {} };
  return new Map(
    MEASURED_PLANS.map((plan) => [plan.language, createClassifier(trainOpinion(plan, training))]),
  );
}

if (values.data === undefined) {
  console.error('usage: npm run eval -- --data DIR [--models DIR] [--only WORDS] [--learn]');
  process.exitCode = 2;
} else
  await evaluate(values.data).catch((error: unknown) => {
    if (!(error instanceof PermanentError)) throw error;
    console.error(errorMessage(error));
    process.exitCode = 1;
  });
