import type { Classifier, OpinionText, OpinionToken } from '../../model/opinion.ts';
import { softmax } from '../probabilities.ts';
import { readFeatures, readTokenFeatures } from './features.ts';
import { LinearSum, type LinearWeights } from './linear.ts';
import { type NetworkWeights, runNetwork } from './network.ts';
import { Polarity, type PolarityTable } from './polarity.ts';
import { readTargetFeatures } from './target-features.ts';
import type { TargetView } from './target-view.ts';

/** A question that a model answers about a text: its answers stand side by side among the outputs. */
export interface Question {
  name: string;
  answers: readonly string[];
  /** First output. */
  from: number;
  /** Log-odds = linear × `linear` + network × `network` + biases[answer]; found on texts that training had not seen. */
  blend: { linear: number; network: number; biases: readonly number[] };
}

export interface ClassifierModel {
  /** Language of the texts that it was trained on; ISO 639-1. */
  language: string;
  /** Of the weights: other weights have another one. */
  version: string;
  questions: readonly Question[];
  polarity: PolarityTable;
  linear: LinearWeights;
  /** null where there is none: its log-odds are 0. */
  network: NetworkWeights | null;
}

export function createClassifier(model: ClassifierModel): Classifier {
  const { language, version, questions } = model;
  const polarity = new Polarity(model.polarity);
  const sum = new LinearSum(model.linear);
  const find = (name: string): Question | undefined => questions.find((question) => question.name === name);

  function weighToken(token: OpinionToken, { from, answers }: Question, answer: number): number {
    sum.start();
    readTokenFeatures(token, sum);
    const odds = sum.result().slice(from, from + answers.length);
    const others = odds.reduce((total, one, at) => (at === answer ? total : total + one), 0);
    return (odds[answer] ?? 0) - others / Math.max(1, answers.length - 1);
  }

  return {
    language,
    version,
    answers: (name) => find(name)?.answers ?? [],
    classify: (text) => {
      sum.start();
      readFeatures(text, polarity, sum);
      const linear = sum.result();
      const network = networkOdds(model.network, text);
      return new Map(
        questions.map((question) => [question.name, probabilitiesOf(question, linear, network)]),
      );
    },
    weigh: (text, name, answer) => {
      const question = find(name);
      return text.tokens.map((token) => (question ? weighToken(token, question, answer) : 0));
    },
  };
}

/** Question → probabilities of its answers, about a text as seen from a target. */
export type TargetReader = (view: TargetView) => ReadonlyMap<string, readonly number[]>;

/** Reads models that were learned from targets. */
export function createTargetReader(model: ClassifierModel): TargetReader {
  const polarity = new Polarity(model.polarity);
  const sum = new LinearSum(model.linear);
  return (view) => {
    sum.start();
    readTargetFeatures(view, polarity, sum);
    const odds = sum.result();
    return new Map(model.questions.map((question) => [question.name, probabilitiesOf(question, odds, [])]));
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

function blend(
  { answers, from, blend: { linear: ofLinear, network: ofNetwork, biases } }: Question,
  linear: readonly number[],
  network: readonly number[],
): number[] {
  return answers.map(
    (_, at) =>
      ofLinear * (linear[from + at] ?? 0) + ofNetwork * (network[from + at] ?? 0) + (biases[at] ?? 0),
  );
}

function probabilitiesOf(
  question: Question,
  linear: readonly number[],
  network: readonly number[],
): readonly number[] {
  return [...softmax(Float64Array.from(blend(question, linear, network)))];
}
