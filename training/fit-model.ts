import { createHash } from 'node:crypto';
import type { OpinionText } from '../src/model/opinion.ts';
import { readFeatures } from '../src/understand/classifier/features.ts';
import { LinearSum } from '../src/understand/classifier/linear.ts';
import {
  answerTo,
  type ClassifierModel,
  networkOdds,
  type Question,
} from '../src/understand/classifier/model.ts';
import { WordTable, type WordTableRows } from '../src/understand/classifier/word-table.ts';
import { findBlend } from './blend.ts';
import { divide, type Example } from './examples.ts';
import { fitAnswers, packAnswers, sharesOf } from './fit-answers.ts';
import { fitNetwork } from './fit-network.ts';
import { findPoints } from './operating-points.ts';
import { quantiseNetwork } from './quantise.ts';
import { type SparseVector, toSparse } from './sparse.ts';
import type { WordVectors } from './word-vectors.ts';

export interface ModelPlan {
  language: string;
  seed: number;
  /** Two to this power rows of linear weights. */
  bits: number;
  filters: number;
  rounds: number;
  /** C of logistic regression. */
  cost: number;
}

export interface AskedQuestion {
  name: string;
  answers: readonly string[];
  byTime: boolean;
  /** A part of them is held back from the first training. */
  examples: readonly Example[];
  /** Only to learn from: of another kind than what is asked. */
  more: readonly Example[];
  /** The same of the linear part alone: the network knows them from the questions that they are of, or is not to. */
  byOthers: readonly Example[];
  /** Of the network's attention, beside the other questions. */
  weight: number;
}

type Parts = Pick<ClassifierModel, 'linear' | 'network'>;

/** Learns twice: without a part of the examples, on which the blend is found, and then from all of them. */
export function fitModel(
  plan: ModelPlan,
  asked: readonly AskedQuestion[],
  vectors: WordVectors,
  words: WordTableRows,
  say: (progress: string) => void,
): ClassifierModel {
  const table = new WordTable(words);
  const sparse = new Map<OpinionText, SparseVector>();
  for (const { text } of asked.flatMap(({ examples, more, byOthers }) => [...examples, ...more, ...byOthers]))
    if (!sparse.has(text)) sparse.set(text, toSparse(text, table, plan.bits));
  say('features read');
  const divided = asked.map((question) => divide(question.examples, question.byTime));
  const held = new Set(divided.flatMap((parts) => parts.held.map(({ text }) => text.text)));
  const trial = fitParts(
    plan,
    asked.map((question, at) => ({
      ...question,
      examples: divided[at]?.learn ?? [],
      // Questions share what they learn of words: a text that is held back of one must not come in with another.
      more: question.more.filter(({ text }) => !held.has(text.text)),
      byOthers: question.byOthers.filter(({ text }) => !held.has(text.text)),
    })),
    vectors,
    sparse,
    say,
  );
  const oddsOf = createOdds(trial, table);
  let from = 0;
  const questions = asked.map(({ name, answers }, at): Question => {
    const unseen = divided[at]?.held ?? [];
    const odds = unseen.map(({ text }) => oddsOf(text));
    const cut = (all: Float64Array): number[] => [...all.subarray(from, from + answers.length)];
    const blend = findBlend(
      {
        right: unseen.map(({ answer }) => answer),
        linear: odds.map(({ linear }) => cut(linear)),
        network: odds.map(({ network }) => cut(network)),
      },
      answers.length,
    );
    const question: Question = { name, answers, from, blend };
    if (name === 'complaint') question.points = pointsOf(question, odds, unseen);
    say(`${name}: ${JSON.stringify([blend, question.points])}`);
    from += answers.length;
    return question;
  });
  const parts = fitParts(plan, asked, vectors, sparse, say);
  const model = { language: plan.language, questions, words, ...parts };
  return { ...model, version: versionOf(model) };
}

/** Of a question whose second answer is yes. */
function pointsOf(question: Question, odds: readonly Odds[], held: readonly Example[]) {
  return findPoints(
    odds.map(({ linear, network }) => answerTo(question, linear, network).probabilities[1] ?? 0),
    held.map(({ answer }) => answer === 1),
  );
}

function fitParts(
  plan: ModelPlan,
  asked: readonly AskedQuestion[],
  vectors: WordVectors,
  sparse: ReadonlyMap<OpinionText, SparseVector>,
  say: (progress: string) => void,
): Parts {
  const learned = asked.map((question) => ({
    ...question,
    examples: [...question.examples, ...question.more],
  }));
  const fits = learned.flatMap(({ name, answers, examples, byOthers }) => {
    say(`${name}: ${examples.length} examples`);
    const given = [...examples, ...byOthers].map(({ text, answer, cost }) => ({
      vector: sparse.get(text) as SparseVector,
      answer,
      cost,
    }));
    return fitAnswers(given, answers.length, { ...plan, balance: 1 });
  });
  const index = new Map(vectors.words.map((word, at) => [word, at + 1]));
  const network = fitNetwork(
    vectors,
    learned.map(({ answers, examples, weight }) => ({
      texts: examples.map(({ text }) => Int32Array.from(text.tokens, ({ lemma }) => index.get(lemma) ?? 0)),
      answers: examples.map(({ answer }) => answer),
      shares: examples.map(({ cost }) => cost),
      costs: sharesOf(examples, answers.length).map(
        (share) => weight * (1 / (answers.length * share)) ** 0.7,
      ),
    })),
    plan,
  );
  say('network fitted');
  return {
    linear: packAnswers(fits, plan.bits, sparse.values()),
    network: quantiseNetwork(network, vectors.words),
  };
}

type Odds = Record<'linear' | 'network', Float64Array>;

function createOdds({ linear, network }: Parts, table: WordTable): (text: OpinionText) => Odds {
  const sum = new LinearSum(linear);
  return (text) => {
    sum.start();
    readFeatures(text, table, sum);
    return { linear: sum.result(), network: networkOdds(network, text) };
  };
}

/** Of the weights and blends: equal models have equal versions. */
export function versionOf({
  linear,
  network,
  questions,
}: Parts & { questions: readonly Question[] }): string {
  const hash = createHash('sha256').update(JSON.stringify(questions));
  for (const part of [linear.weights, linear.biases, network?.table, network?.heads])
    if (part) hash.update(part);
  return hash.digest('hex').slice(0, 8);
}
