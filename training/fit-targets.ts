import type { Classifier, OpinionText, TargetView } from '../src/model/opinion.ts';
import type { Morphology } from '../src/model/ports.ts';
import type { FeatureSink } from '../src/understand/classifier/feature-sink.ts';
import type { LinearWeights } from '../src/understand/classifier/linear.ts';
import type { ClassifierModel, Question } from '../src/understand/classifier/model.ts';
import { readOpinionText } from '../src/understand/classifier/opinion-text.ts';
import { readContext } from '../src/understand/classifier/target-context.ts';
import { readTargetFeatures } from '../src/understand/classifier/target-features.ts';
import { viewFrom } from '../src/understand/classifier/target-view.ts';
import { TONES } from '../src/understand/classifier/tone.ts';
import { WordTable, type WordTableRows } from '../src/understand/classifier/word-table.ts';
import { targetIn } from '../src/understand/target-in.ts';
import { fitAnswers, packAnswers } from './fit-answers.ts';
import { fitMix } from './fit-mix.ts';
import { versionOf } from './fit-model.ts';
import { type Half, readSet } from './read-set.ts';
import { collect, type SparseVector } from './sparse.ts';
import type { TargetPlan, TargetSet } from './target-sets.ts';

export interface TargetExample {
  view: TargetView;
  answer: number;
  /** Texts with several targets: those of one are never divided. */
  text: string;
  read: OpinionText;
  /** How much it counts. */
  cost: number;
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
    return view ? [{ view, answer, text, read, cost: 1 }] : [];
  });
}

/** Texts in which the topic that they are labelled about is named. */
function readTopicExamples(
  folder: string,
  { name, cost }: NonNullable<TargetSet['more']>,
  morphology: Morphology,
): TargetExample[] {
  return (readSet(folder, name, 'train') ?? []).flatMap(({ text, topic, label }) => {
    const answer = TONES.indexOf(label as (typeof TONES)[number]);
    const { spans } = targetIn(text, '', [String(topic).replace(/^[#@]/, '')]);
    const read = readOpinionText({ title: null, text }, morphology);
    const view = viewFrom(read, spans, []);
    return answer >= 0 && view ? [{ view, answer, text, read, cost }] : [];
  });
}

/** As `fitModel`, for how texts sound towards a target. `classifier` tells how they sound as a whole. */
export function fitTargets(
  { language, sets }: TargetPlan,
  folder: string,
  words: WordTableRows,
  classifier: Classifier,
  morphology: Morphology,
  { bits, seed }: { bits: number; seed: number },
): ClassifierModel {
  const table = new WordTable(words);
  const vectors = new Map<TargetExample, SparseVector>();
  const asked = sets.map(({ name, question, goal, more }) => {
    const examples = readTargetExamples(folder, name, 'train', morphology);
    const others = more ? readTopicExamples(folder, more, morphology) : [];
    for (const example of [...examples, ...others])
      vectors.set(
        example,
        collect(bits, (sink: FeatureSink) => readTargetFeatures(example.view, table, sink)),
      );
    return { question, goal, examples, others };
  });
  const learn = (examples: readonly TargetExample[]) => {
    const given = examples.map((example) => ({
      vector: vectors.get(example) as SparseVector,
      answer: example.answer,
      cost: example.cost,
    }));
    return fitAnswers(given, TONES.length, { bits, seed, cost: COST, balance: BALANCE });
  };
  const questions = asked.map(({ question, goal, examples, others }, at): Question => {
    const odds = unseenOdds(
      examples,
      (some) => packAnswers(learn([...some, ...others]), bits, vectors.values()),
      vectors,
    );
    const mixed = examples.map(({ read, view, answer }, place) => ({
      sources: [...(odds[place] ?? []), ...readContext(classifier, read, classifier.classify(read), view)],
      answer,
    }));
    const blend = fitMix(mixed, TONES.length, goal, goal === 'opinionF1' ? BALANCE : 0);
    return { name: question, answers: TONES, from: at * TONES.length, blend };
  });
  const linear = packAnswers(
    asked.flatMap(({ examples, others }) => learn([...examples, ...others])),
    bits,
    vectors.values(),
  );
  const model = { language, questions, words, linear, network: null };
  return { ...model, version: versionOf(model) };
}

const PARTS = 5;

/** What is said of each example by a classifier that has learned from other texts only, packed as it will be in use. */
function unseenOdds(
  examples: readonly TargetExample[],
  learn: (examples: readonly TargetExample[]) => LinearWeights,
  vectors: ReadonlyMap<TargetExample, SparseVector>,
): number[][] {
  const texts = [...new Set(examples.map(({ text }) => text))];
  const partOf = new Map(texts.map((text, at) => [text, at % PARTS]));
  const parts = Array.from({ length: PARTS }, (_, part) =>
    learn(examples.filter(({ text }) => partOf.get(text) !== part)),
  );
  return examples.map((example) =>
    oddsBy(parts[partOf.get(example.text) ?? 0] as LinearWeights, vectors.get(example) as SparseVector),
  );
}

/** As `LinearSum`, of features that were collected before. */
function oddsBy(
  { outputs, weights, scales, biases }: LinearWeights,
  { rows, values }: SparseVector,
): number[] {
  return Array.from(scales, (scale, output) => {
    let sum = 0;
    for (let at = 0; at < rows.length; at += 1)
      sum += (weights[(rows[at] as number) * outputs + output] as number) * (values[at] as number);
    return sum * scale + (biases[output] ?? 0);
  });
}
