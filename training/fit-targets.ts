import type { Morphology } from '../src/model/ports.ts';
import type { FeatureSink } from '../src/understand/classifier/feature-sink.ts';
import { LinearSum } from '../src/understand/classifier/linear.ts';
import type { ClassifierModel, Question } from '../src/understand/classifier/model.ts';
import { readOpinionText } from '../src/understand/classifier/opinion-text.ts';
import { Polarity, type PolarityTable } from '../src/understand/classifier/polarity.ts';
import { readTargetFeatures } from '../src/understand/classifier/target-features.ts';
import { type TargetView, viewFrom } from '../src/understand/classifier/target-view.ts';
import { TONES } from '../src/understand/classifier/tone.ts';
import { findBlend } from './blend.ts';
import { fitAnswers, packAnswers } from './fit-answers.ts';
import { versionOf } from './fit-model.ts';
import { type Half, readSet } from './read-set.ts';
import { collect, type SparseVector } from './sparse.ts';
import type { TargetPlan } from './target-sets.ts';

export interface TargetExample {
  view: TargetView;
  answer: number;
  /** Texts with several targets: those of one are never divided. */
  text: string;
}

const COST = 1;
const BALANCE = 0.7;

export function readTargetExamples(
  folder: string,
  name: string,
  half: Half,
  morphology: Morphology,
): TargetExample[] {
  return (readSet(folder, name, half) ?? []).flatMap(({ text, start, end, label }) => {
    const answer = TONES.indexOf(label as (typeof TONES)[number]);
    if (answer < 0 || typeof start !== 'number' || typeof end !== 'number') return [];
    const read = readOpinionText({ title: null, text }, morphology);
    const view = viewFrom(read, [{ field: 'text', start, end }], []);
    return view ? [{ view, answer, text }] : [];
  });
}

/** As `fitModel`, for how texts sound towards a target. */
export function fitTargets(
  { language, sets }: TargetPlan,
  folder: string,
  polarityTable: PolarityTable,
  morphology: Morphology,
  { bits, seed }: { bits: number; seed: number },
): ClassifierModel {
  const polarity = new Polarity(polarityTable);
  const vectors = new Map<TargetExample, SparseVector>();
  const asked = sets.map(({ name, question, goal }) => {
    const examples = readTargetExamples(folder, name, 'train', morphology);
    for (const example of examples)
      vectors.set(
        example,
        collect(bits, (sink: FeatureSink) => readTargetFeatures(example.view, polarity, sink)),
      );
    return { question, goal, examples };
  });
  const fitAll = (parts: readonly TargetExample[][]) => {
    const fits = parts.flatMap((examples) => {
      const given = examples.map((example) => ({
        vector: vectors.get(example) as SparseVector,
        answer: example.answer,
      }));
      return fitAnswers(given, TONES.length, { bits, seed, cost: COST, balance: BALANCE });
    });
    return packAnswers(fits, bits, vectors.values());
  };
  const isHeld = heldTexts(asked.flatMap(({ examples }) => examples));
  const trial = fitAll(asked.map(({ examples }) => examples.filter((example) => !isHeld(example))));
  const sum = new LinearSum(trial);
  const questions = asked.map(({ question, goal, examples }, at): Question => {
    const held = examples.filter(isHeld);
    const from = at * TONES.length;
    const odds = held.map(({ view }) => {
      sum.start();
      readTargetFeatures(view, polarity, sum);
      return sum.result().slice(from, from + TONES.length);
    });
    const right = held.map(({ answer }) => answer);
    const blend = findBlend({ right, linear: odds, network: odds.map(() => []) }, TONES.length, goal);
    return { name: question, answers: TONES, from, blend };
  });
  const linear = fitAll(asked.map(({ examples }) => examples));
  const model = { language, questions, polarity: polarityTable, linear, network: null };
  return { ...model, version: versionOf(model) };
}

/** Every fifth text. */
function heldTexts(examples: readonly TargetExample[]): (example: TargetExample) => boolean {
  const texts = [...new Set(examples.map(({ text }) => text))];
  const held = new Set(texts.filter((_, at) => at % 5 === 0));
  return ({ text }) => held.has(text);
}
