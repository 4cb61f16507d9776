import type { AdaptedQuestion } from './adaptation.ts';
import type { Estimate } from './estimate.ts';
import type { CorrectionId, DocumentId } from './ids.ts';
import type { Verdict } from './learned-model.ts';

/** A correction that neither side has learned from, and what both say. */
export interface ComparedCase {
  id: CorrectionId;
  documentId: DocumentId;
  question: AdaptedQuestion;
  language: string;
  /** Of a target, or of the whole post. */
  isTowards: boolean;
  right: string;
  /** What is in use. */
  now: string | null;
  candidate: string | null;
}

export interface SideFigures {
  accuracy: Estimate;
  macroF1: Estimate;
  /** Of complaints alone; null for other questions. */
  precision: Estimate | null;
  recall: Estimate | null;
}

export interface ComparedRow {
  question: AdaptedQuestion;
  isTowards: boolean;
  language: string;
  cases: number;
  now: SideFigures;
  candidate: SideFigures;
}

export interface Comparison {
  rows: ComparedRow[];
  cases: number;
  mended: ComparedCase[];
  broken: ComparedCase[];
  /** That what is in use gets right. */
  confirmed: number;
  /** How likely chance alone explains the difference (McNemar, exact). */
  chance: number;
  /** What share of all posts more would be right, if mistakes are as rare among them as the models expect; null: too few cases to tell. */
  gain: number | null;
  verdict: Verdict;
  /** Posts that nobody has corrected, and how many of them would get another tone or be another complaint. */
  others: { posts: number; changed: number };
}
