import { onceFor } from '../../lib/once-for.ts';
import type { AdaptedPart } from '../../model/adaptation.ts';
import type { Answer, Classifier, OperatingPoint, OpinionText, TargetReader } from '../../model/opinion.ts';
import { softmax } from '../probabilities.ts';
import { readFeatures, readTextFeatures, TOKEN_FAMILIES } from './features.ts';
import { gatherFamilies } from './gather.ts';
import { KnownWords } from './known-words.ts';
import { LinearSum, type LinearWeights } from './linear.ts';
import { type NetworkWeights, runNetwork } from './network.ts';
import { Shift } from './shift.ts';
import { readTargetFeatures, readViewFeatures, TARGET_FAMILIES } from './target-features.ts';
import { addTokens, type Direction, project } from './token-sums.ts';
import { areTones, TONES } from './tone.ts';
import type { WordTableRows } from './word-table.ts';

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

/**
 * How a model of targets adds up what it knows, weighed per answer: its own log-odds to the question, those to all questions, and what it
 * is told (`readContext`).
 */
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

const wordsOf = onceFor((model: ClassifierModel) => new KnownWords(model, TOKEN_FAMILIES));
const targetWordsOf = onceFor((model: ClassifierModel) => new KnownWords(model, TARGET_FAMILIES));

/** `part`: what an installation has learned, added to the log-odds. */
export function createClassifier(model: ClassifierModel, part: AdaptedPart | null = null): Classifier {
  const { language, version, questions } = model;
  const { outputs } = model.linear;
  const known = wordsOf(model);
  const { table, network } = known;
  const sum = new LinearSum(model.linear);
  const shift = part && new Shift(part, TOKEN_FAMILIES, sum);
  const find = (name: string): Question | undefined => questions.find((question) => question.name === name);
  const tones = questions.filter(({ answers }) => areTones(answers));
  const directions = TONES.map((_, tone) => directionOf(model.linear, tones, tone));

  return {
    language,
    version,
    questions: questions.map(({ name }) => name),
    answers: (name) => find(name)?.answers ?? [],
    classify: (text) => {
      const words = known.find(text.tokens);
      sum.start();
      addTokens(sum, words, TOKEN_FAMILIES, outputs);
      shift?.start(text.tokens);
      readTextFeatures(text, words, table, shift?.both ?? sum);
      shift?.finish();
      const linear = sum.result();
      const more = network ? network.odds(words.map(({ row }) => row)) : NOTHING;
      const answers = new Map<string, Answer>();
      for (const question of questions)
        answers.set(question.name, answerTo(question, linear, more, shift?.of(question)));
      return answers;
    },
    point: (name, point) => find(name)?.points?.[point] ?? null,
    weigh: (text, tone) => {
      const shipped = directions[tone] as (typeof directions)[number];
      const weights = known.find(text.tokens).map(({ sums, pulls }) => {
        if (Number.isNaN(pulls[tone])) pulls[tone] = project(sums, shipped, TOKEN_FAMILIES, outputs);
        return shipped.start + (pulls[tone] as number);
      });
      if (!shift) return weights;
      const places = tones.flatMap((question) => shift.placeOf(question) ?? []);
      const learned = directionOf(shift.weights, places, tone);
      return shift
        .find(text.tokens)
        .map(
          ({ sums }, at) =>
            (weights[at] as number) +
            learned.start +
            project(sums, learned, TOKEN_FAMILIES, shift.weights.outputs),
        );
    },
    features: (text) => gatherFamilies((sink) => readFeatures(text, table, sink)),
    adapted: (learned) => createClassifier(model, learned),
  };
}

/** By how much the answer is ahead of the others' mean, summed over the questions: `start` and what a text adds in the direction. */
function directionOf(
  { scales, biases }: LinearWeights,
  asked: readonly Pick<Question, 'from' | 'answers'>[],
  answer: number,
): Direction & { start: number } {
  const outputs: number[] = [];
  const factors: number[] = [];
  let start = 0;
  for (const { from, answers } of asked)
    for (let at = 0; at < answers.length; at += 1) {
      const share = at === answer ? 1 : -1 / Math.max(1, answers.length - 1);
      outputs.push(from + at);
      factors.push(share * (scales[from + at] as number));
      start += share * (biases[from + at] as number);
    }
  return { outputs, factors, start };
}

/** Reads models that were learned from targets. */
export function createTargetReader(model: ClassifierModel, part: AdaptedPart | null = null): TargetReader {
  const { version, questions } = model;
  const known = targetWordsOf(model);
  const sum = new LinearSum(model.linear);
  const shift = part && new Shift(part, TARGET_FAMILIES, sum);
  return {
    version,
    questions: questions.map(({ name }) => name),
    read: (view, context) => {
      const words = known.find(view.tokens);
      sum.start();
      addTokens(sum, words, TARGET_FAMILIES, model.linear.outputs);
      shift?.start(view.tokens);
      readViewFeatures(view, words, shift?.both ?? sum);
      shift?.finish();
      const odds = sum.result();
      // What is known of one genre of texts helps with another.
      const told = [...odds, ...context];
      return new Map(
        questions.map((question) => [question.name, answerTo(question, odds, told, shift?.of(question))]),
      );
    },
    features: (view) => gatherFamilies((sink) => readTargetFeatures(view, known.table, sink)),
    adapted: (learned) => createTargetReader(model, learned),
  };
}

const NOTHING = new Float64Array(0);

export function networkOdds(network: NetworkWeights | null, { tokens }: OpinionText): Float64Array {
  return network
    ? runNetwork(
        network,
        tokens.map(({ lemma }) => lemma),
      )
    : NOTHING;
}

/** `more`: log-odds of the network in the place of the question, or what a model of targets is told. `shift`: added at the end. */
export function answerTo(
  { answers, from, blend }: Pick<Question, 'answers' | 'from' | 'blend'>,
  linear: Float64Array,
  more: ArrayLike<number>,
  shift?: Float64Array,
): Answer {
  const count = answers.length;
  const odds: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const bias = (blend.biases[at] ?? 0) + (shift?.[at] ?? 0);
    odds.push(
      'weights' in blend
        ? bias + mixOf(blend.weights[at] ?? [], linear.subarray(from, from + count), more)
        : bias + blend.linear * (linear[from + at] as number) + blend.network * (more[from + at] ?? 0),
    );
  }
  const fair = odds.slice();
  for (let at = 0; at < count; at += 1) fair[at] = (odds[at] as number) + (blend.fairness[at] ?? 0);
  return { probabilities: softmax(odds), fair: softmax(fair) };
}

/** The weights of the own log-odds stand first. */
function mixOf(weights: readonly number[], own: Float64Array, more: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < own.length; at += 1) sum += (weights[at] ?? 0) * (own[at] as number);
  for (let at = 0; at < more.length; at += 1) sum += (weights[own.length + at] ?? 0) * (more[at] as number);
  return sum;
}
