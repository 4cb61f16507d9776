import type { AdaptedPart } from './adaptation.ts';
import type { Span } from './tag.ts';

/** A word, number, face or sign, as classifiers see it. */
export interface OpinionToken {
  field: Span['field'];
  /** Folded; addresses are `<url>`, names of accounts `<user>`; letters stretched beyond three are three. */
  form: string;
  /** Its most likely dictionary form; signs are their own. */
  lemma: string;
  /** Does it begin with a letter? */
  isWord: boolean;
  /** UTF-16 offsets into the field. */
  start: number;
  end: number;
}

/** A document, or a part of one, as classifiers see it: title and text in a row. */
export interface OpinionText {
  title: string | null;
  text: string;
  tokens: readonly OpinionToken[];
}

/** What a model answers to one question. */
export interface Answer {
  /** Of each answer, 0 … 1, adding up to 1; calibrated: of those it is 0.8 sure of, 0.8 are right among texts like those it learned from. */
  probabilities: readonly number[];
  /** The same, made fair to rare answers: the largest is the answer to give. */
  fair: readonly number[];
}

/** Question → answer. */
export type Answers = ReadonlyMap<string, Answer>;

/** `label`: where mistakes of both kinds are fewest; `alert`: most that are said are right; `review`: most that are right are said. */
export type OperatingPoint = 'label' | 'alert' | 'review';

/** Features of one family: 32-bit hashes, repeated as often as the feature stands in the text. */
export interface FeatureFamily {
  hashes: Uint32Array;
  weight: number;
}

/** Answers questions about texts of one language. */
export interface Classifier {
  /** ISO 639-1. */
  language: string;
  /** Other weights have another one. */
  version: string;
  classify(text: OpinionText): Answers;
  /** Names of the questions that it answers. */
  questions: readonly string[];
  /** Names of the answers, in the order of their probabilities; none for a question that the model does not know. */
  answers(question: string): readonly string[];
  /** Probabilities of the answer `yes` from which on to act, by the name of the act; null for what the model does not know. */
  point(question: string, name: OperatingPoint): number | null;
  /** Summed over the genres: how much each token by itself speaks for that tone (0 negative, 1 neutral, 2 positive) rather than the others; only to be compared with one another. */
  weigh(text: OpinionText, tone: number): number[];
  /** What it knows the text by. */
  features(text: OpinionText): FeatureFamily[];
  /** The same weights with what an installation has learned added, or with nothing; `part` must be made for this version. */
  adapted(part: AdaptedPart | null): Classifier;
}

/** A text seen from one target: the target is `<target>`, other targets are `<other>`. */
export interface TargetView {
  tokens: readonly OpinionToken[];
  /** The words that name the target, as they stand in the text. */
  named: readonly (OpinionToken & { isCapital: boolean })[];
  /** Per token, words to the nearest mention of the target: negative before it, 0 for the mention itself. */
  distances: readonly number[];
  /** Per token, clauses to the nearest mention. */
  clauses: readonly number[];
}

/** Answers about a text as seen from a target. */
export interface TargetReader {
  version: string;
  /** `context`: what it is told beside the view (`readContext`). */
  read(view: TargetView, context: readonly number[]): Answers;
  /** Names of the questions that it answers. */
  questions: readonly string[];
  /** What it knows the target by, beside the context. */
  features(view: TargetView): FeatureFamily[];
  /** As a classifier's. */
  adapted(part: AdaptedPart | null): TargetReader;
}
