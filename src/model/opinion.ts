import type { Span } from './tag.ts';

/** A word, number, face or sign, as classifiers see it. */
export interface OpinionToken {
  field: Span['field'];
  /** Folded; addresses are `<url>`, names of accounts `<user>`; letters stretched beyond three are three. */
  form: string;
  /** Its most likely dictionary form; signs are their own. */
  lemma: string;
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

/** Answers questions about texts of one language. */
export interface Classifier {
  /** ISO 639-1. */
  language: string;
  /** Other weights have another one. */
  version: string;
  /** Question → probability of each of its answers, which add up to 1. */
  classify(text: OpinionText): ReadonlyMap<string, readonly number[]>;
  /** Names of the answers, in the order of their probabilities; none for a question that the model does not know. */
  answers(question: string): readonly string[];
  /** How much each token by itself speaks for the answer rather than the others; only to be compared with one another. */
  weigh(text: OpinionText, question: string, answer: number): number[];
}
