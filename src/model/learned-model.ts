import type { AdaptedModel, AdaptedQuestion } from './adaptation.ts';
import type { DocumentId, ModelId } from './ids.ts';

/** What became of one question about texts of one language in training. */
export interface LearnedQuestion {
  model: AdaptedModel;
  language: string;
  question: AdaptedQuestion;
  lessons: number;
  /** Of them, those that the shipped models get wrong. */
  mistakes: number;
  /** `no better`: nothing that was learned foretold what it had not seen. */
  outcome: 'learned' | 'too few' | 'no better';
}

/** `cannot tell`: the difference may be chance. */
export type Verdict = 'better' | 'worse' | 'cannot tell';

export interface LearnedFigures {
  questions: LearnedQuestion[];
  /** On the corrections that were held out, against what was in use when it was made. */
  heldOut: { cases: number; mended: number; broken: number; verdict: Verdict };
}

/** What was learned from corrections at one time, without the numbers themselves. */
export interface LearnedModel {
  id: ModelId;
  madeAt: Date;
  by: string;
  corrections: number;
  version: string;
  base: string;
  figures: LearnedFigures;
  /** How many bytes it is. */
  size: number;
}

export interface NewModel extends Omit<LearnedModel, 'id' | 'size'> {
  /** Those that it learned from. */
  documents: DocumentId[];
  bytes: Uint8Array;
}
