import type {
  Answer,
  Classifier,
  OperatingPoint,
  OpinionText,
  OpinionToken,
  TargetReader,
} from '../../model/opinion.ts';
import { softmax } from '../probabilities.ts';
import { readFeatures, readTokenFeatures } from './features.ts';
import { LinearSum, type LinearWeights } from './linear.ts';
import { type NetworkWeights, runNetwork } from './network.ts';
import { readTargetFeatures } from './target-features.ts';
import { WordTable, type WordTableRows } from './word-table.ts';

/** A question that a model answers about a text: its answers stand side by side among the outputs. */
export interface Question {
  name: string;
  answers: readonly string[];
  /** First output. */
  from: number;
  /** Found on texts that training had not seen. */
  blend: Blend | Mix;
  /** Of questions with a yes and a no. */
  points?: Record<OperatingPoint, number>;
}

/** How a model of targets adds up what it knows: its own log-odds and what it is told (`readContext`), weighed per answer. */
export interface Mix {
  weights: readonly (readonly number[])[];
  biases: readonly number[];
  fairness: readonly number[];
}

/** Log-odds = linear × `linear` + network × `network` + biases[answer]; with fairness[answer] added, rare answers get their due. */
export interface Blend {
  linear: number;
  network: number;
  biases: readonly number[];
  fairness: readonly number[];
}

export interface ClassifierModel {
  /** Language of the texts that it was trained on; ISO 639-1. */
  language: string;
  /** Of the weights: other weights have another one. */
  version: string;
  questions: readonly Question[];
  words: WordTableRows;
  linear: LinearWeights;
  /** null where there is none: its log-odds are 0. */
  network: NetworkWeights | null;
}

export function createClassifier(model: ClassifierModel): Classifier {
  const { language, version, questions } = model;
  const table = new WordTable(model.words);
  const sum = new LinearSum(model.linear);
  const find = (name: string): Question | undefined => questions.find((question) => question.name === name);

  function weighToken(token: OpinionToken, asked: readonly Question[], answer: number): number {
    sum.start();
    readTokenFeatures(token, sum);
    const all = sum.result();
    return asked.reduce((weight, question) => weight + advantage(oddsOf(question, all), answer), 0);
  }

  return {
    language,
    version,
    questions: questions.map(({ name }) => name),
    answers: (name) => find(name)?.answers ?? [],
    classify: (text) => {
      sum.start();
      readFeatures(text, table, sum);
      const linear = sum.result();
      const network = networkOdds(model.network, text);
      return new Map(questions.map((question) => [question.name, answerTo(question, linear, network)]));
    },
    point: (name, point) => find(name)?.points?.[point] ?? null,
    weigh: (text, names, answer) => {
      const asked = names.flatMap((name) => find(name) ?? []);
      const known = new Map<string, number>();
      return text.tokens.map((token) => {
        const weight = known.get(token.form) ?? weighToken(token, asked, answer);
        known.set(token.form, weight);
        return weight;
      });
    },
  };
}

function oddsOf({ from, answers }: Pick<Question, 'from' | 'answers'>, all: readonly number[]): number[] {
  return all.slice(from, from + answers.length);
}

/** By how much one answer is ahead of the others' mean. */
function advantage(odds: readonly number[], answer: number): number {
  const others = odds.reduce((total, one, at) => (at === answer ? total : total + one), 0);
  return (odds[answer] ?? 0) - others / Math.max(1, odds.length - 1);
}

/** Reads models that were learned from targets. */
export function createTargetReader(model: ClassifierModel): TargetReader {
  const table = new WordTable(model.words);
  const sum = new LinearSum(model.linear);
  return {
    version: model.version,
    read: (view, context) => {
      sum.start();
      readTargetFeatures(view, table, sum);
      const odds = sum.result();
      return new Map(model.questions.map((question) => [question.name, answerTo(question, odds, context)]));
    },
  };
}

export function networkOdds(network: NetworkWeights | null, { tokens }: OpinionText): number[] {
  return network
    ? runNetwork(
        network,
        tokens.map(({ lemma }) => lemma),
      )
    : [];
}

/** `more`: log-odds of the network in the place of the question, or what a model of targets is told. */
export function answerTo(
  question: Pick<Question, 'answers' | 'from' | 'blend'>,
  linear: readonly number[],
  more: readonly number[],
): Answer {
  const { answers, from, blend } = question;
  const own = oddsOf(question, linear);
  const sources = 'weights' in blend ? [...own, ...more] : [];
  const odds = Float64Array.from(answers, (_, at) => {
    const bias = blend.biases[at] ?? 0;
    if ('weights' in blend) return bias + dot(blend.weights[at] ?? [], sources);
    return bias + blend.linear * (own[at] ?? 0) + blend.network * (more[from + at] ?? 0);
  });
  const fair = softmax(odds.map((one, at) => one + (blend.fairness[at] ?? 0)));
  return { probabilities: [...softmax(odds)], fair: [...fair] };
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0);
}
