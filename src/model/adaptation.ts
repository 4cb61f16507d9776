/** Of what a part knows a text: as it stands, or as seen from a target in it. */
export type AdaptedModel = 'opinion' | 'towards';

/** `tone` is asked of every genre. */
export type AdaptedQuestion = 'tone' | 'complaint' | 'kind';

/** What is added to the log-odds of one shipped model: a sparse linear model over the same features. */
export interface AdaptedPart {
  model: AdaptedModel;
  /** ISO 639-1. */
  language: string;
  /** Version of the shipped model: added to another one the numbers mean nothing. */
  base: string;
  /** Their answers stand side by side among the outputs. */
  questions: readonly { name: AdaptedQuestion; answers: number }[];
  /** Features are told apart by so many bits of their hashes. */
  bits: number;
  /** Numbers of the features that count, ascending. */
  rows: Uint32Array;
  /** Row by row, one number for each output; times `scales[output]` they are log-odds. */
  weights: Int8Array;
  scales: Float32Array;
  biases: Float32Array;
}

/** What an installation has learned from its own corrections. */
export interface Adaptation {
  /** Other numbers have another one. */
  version: string;
  parts: readonly AdaptedPart[];
}
