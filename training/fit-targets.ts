import type { Classifier } from '../src/model/opinion.ts';
import type { Morphology } from '../src/model/ports.ts';
import type { FeatureSink } from '../src/understand/classifier/feature-sink.ts';
import type { LinearWeights } from '../src/understand/classifier/linear.ts';
import type { ClassifierModel, Question } from '../src/understand/classifier/model.ts';
import { readContext } from '../src/understand/classifier/target-context.ts';
import { readTargetFeatures } from '../src/understand/classifier/target-features.ts';
import { TONES } from '../src/understand/classifier/tone.ts';
import { WordTable, type WordTableRows } from '../src/understand/classifier/word-table.ts';
import { fitAnswers, packAnswers } from './fit-answers.ts';
import { fitMix } from './fit-mix.ts';
import { versionOf } from './fit-model.ts';
import { collect, type SparseVector } from './sparse.ts';
import { readTargetExamples, type TargetExample } from './target-examples.ts';
import type { TargetPlan, TargetSet, TargetSource } from './target-sets.ts';

const COST = 1;
const BALANCE = 0.7;

/** As `fitModel`, for how texts sound towards a target. `classifier` tells how they sound as a whole. */
export function fitTargets(
  plan: TargetPlan,
  folder: string,
  words: WordTableRows,
  classifier: Classifier,
  morphology: Morphology,
  { bits, seed }: { bits: number; seed: number },
): ClassifierModel {
  const { language } = plan;
  const table = new WordTable(words);
  const vectors = new Map<TargetExample, SparseVector>();
  const read = (source: TargetSource, cost: number) =>
    readTargetExamples(source, plan, folder, cost, morphology);
  const asked = plan.sets.map((set) => {
    const examples = read(set, 1);
    const others = set.more.flatMap((source) => read(source, source.cost));
    for (const example of [...examples, ...others])
      vectors.set(
        example,
        collect(bits, (sink: FeatureSink) => readTargetFeatures(example.view, table, sink)),
      );
    return { ...set, examples, others };
  });
  const learn = (examples: readonly TargetExample[]) => {
    const given = examples.map((example) => ({
      vector: vectors.get(example) as SparseVector,
      answer: example.answer,
      cost: example.cost,
    }));
    return fitAnswers(given, TONES.length, { bits, seed, cost: COST, balance: BALANCE });
  };
  const linear = packAnswers(
    asked.flatMap(({ examples, others }) => learn([...examples, ...others])),
    bits,
    vectors.values(),
  );
  const questions = asked.map((set, at): Question => {
    const { question, goal, examples, others, isTold } = set;
    const odds = unseenOdds(
      examples,
      (some) => packAnswers(learn([...some, ...others]), bits, vectors.values()),
      vectors,
    );
    const isUseful = asked.map((other) => isTold && other !== set && !haveSameTexts(set, other));
    const told = (example: TargetExample): number[] => [
      ...oddsBy(linear, vectors.get(example) as SparseVector).map((one, output) =>
        isUseful[Math.floor(output / TONES.length)] ? one : 0,
      ),
      ...(isTold ? contextOf(example, classifier) : []),
    ];
    const mixed = examples.map((example, place) => ({
      sources: [...(odds[place] ?? []), ...told(example)],
      answer: example.answer,
    }));
    const blend = fitMix(mixed, TONES.length, goal, goal === 'accuracy' ? 0 : BALANCE);
    return { name: question, answers: TONES, from: at * TONES.length, blend };
  });
  const model = { language, questions, words, linear, network: null };
  return { ...model, version: versionOf(model) };
}

/** What has learned from a text is too sure of it to tell how far to believe it. */
function haveSameTexts(one: TargetSet, other: TargetSet): boolean {
  const names = new Set([one, ...one.more].map(({ name }) => name));
  return [other, ...other.more].some(({ name }) => names.has(name));
}

function contextOf({ read, view }: TargetExample, classifier: Classifier): number[] {
  return readContext(classifier, read, classifier.classify(read), view);
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
