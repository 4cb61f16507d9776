import type { Estimate } from './estimate.ts';
import type { DocumentId } from './ids.ts';
import type { SentimentLabel, Span } from './tag.ts';

/** How much of a week is drawn. */
export interface ScorecardPlan {
  /** Mentions of one language and kind of source at most. */
  perGroup: number;
  /** Mentions in all at most. */
  perWeek: number;
}

/** What is drawn from on its own: '' and '' of all that is too small for that. */
export interface Stratum {
  language: string;
  sourceKind: string;
  documents: number;
  mentions: number;
}

export interface ClassScore {
  name: string;
  /** How many answers and truths are of this class, as counted. */
  said: number;
  truths: number;
  /** null: never said. */
  precision: Estimate | null;
  /** null: never true. */
  recall: Estimate | null;
  /** null: neither. */
  f1: Estimate | null;
}

/** What is measured. */
export const MEASURES = ['tone', 'complaint'] as const;
export type Measure = (typeof MEASURES)[number];

/** What a person and the taggers say of a mention. */
export interface Label {
  tone: SentimentLabel;
  complaint: boolean;
}
export interface MachineWord extends Label {
  toneVersion: string;
  complaintVersion: string;
}

/** What is measured of some labels. */
export interface Figures {
  labels: number;
  classes: ClassScore[];
  /** Macro-F1 of tones, F1 of complaints; null of nothing. */
  f1: Estimate | null;
}

export interface GroupFigures extends Figures {
  measure: Measure;
  /** null: all. */
  language: string | null;
  sourceKind: string | null;
  /** Of the tagger and its models. */
  version: string;
  isNewest: boolean;
  /** Of the periods that were drawn from. */
  from: Date;
  to: Date;
}

/** One period that was drawn from. */
export interface WeekFigures {
  from: Date;
  to: Date;
  labels: number;
  /** `isNew`: other models than in the period before. */
  figures: Record<Measure, { f1: Estimate | null; isNew: boolean }>;
}

/** A figure that is lower than before, beyond chance. */
export interface Fall {
  measure: Measure;
  language: string;
  later: Estimate;
  earlier: Estimate;
  laterLabels: number;
  earlierLabels: number;
  /** Later minus earlier. */
  difference: Estimate;
  /** The models are others than before. */
  isNewVersion: boolean;
}

/** How far the labelling of the newest sample is. */
export interface SampleProgress {
  from: Date;
  to: Date;
  labelled: number;
  skipped: number;
  open: number;
}

export interface Scorecard {
  sample: SampleProgress | null;
  /** The newest models first, all before languages before sources. */
  groups: GroupFigures[];
  /** The oldest first. */
  weeks: WeekFigures[];
  falls: Fall[];
  /** Share of the mentions of those periods that the labels can speak for, 0 to 1; null without any. */
  covered: number | null;
}

/** A mention as it is shown for labelling: without what the taggers say. */
export interface ScorecardCard {
  id: number;
  documentId: DocumentId;
  revision: number;
  title: string | null;
  text: string;
  spans: Span[];
  threadTitle: string | null;
  topicName: string;
  sourceName: string;
  publishedAt: Date | null;
  /** What a person has said of it. */
  label: Label | null;
}

export interface LabelRequest extends Label {
  item: number;
  /** Of the text that the person has read. */
  revision: number;
  /** A user's e-mail. */
  by: string;
  /** The person has seen that there is a label, and puts another one in its place. */
  isAgain: boolean;
}

/**
 * `known`: labelled before, so that nothing is changed. `edited`: the text is another one by now. `gone`: there is no such item, or
 * nothing left of it.
 */
export type LabelOutcome = 'done' | 'known' | 'edited' | 'gone';

/** A label that contradicts the taggers. */
export interface Mistake {
  documentId: DocumentId;
  topicName: string;
  title: string | null;
  text: string;
  spans: Span[];
  label: Label;
  machine: MachineWord;
  at: Date;
}
