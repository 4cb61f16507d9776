import type { DocumentId } from './ids.ts';
import type { SentimentLabel } from './tag.ts';

/** A phrase that people use when they talk about a topic. */
export interface TalkPhrase {
  /** As most of them write it. */
  phrase: string;
  /** Finds the mentions that are counted here. */
  query: string;
  /** That hold it, in the period and in the time before. */
  mentions: number;
  mentionsBefore: number;
  /** Authors and stories that hold it, each once. */
  voices: number;
  voicesBefore: number;
  /** Of all voices, 0…1. */
  share: number;
  shareBefore: number;
  /** How its mentions sound. */
  tones: Record<SentimentLabel, number>;
  /** Some of its mentions, the newest first, each of another author and another story. */
  examples: DocumentId[];
  /** Longer phrases that hold it and tell as much. */
  longer: string[];
}

/** How much there was to read in a time. */
export interface TalkSize {
  from: Date;
  to: Date;
  mentions: number;
  /** Those that were read: a part of them, spread evenly over the time, when there are very many. */
  read: number;
  /** Authors and stories among those that were read, each once. */
  voices: number;
}

/** What people say about a topic in a time. */
export interface Talk {
  period: TalkSize;
  /** What it is compared with. */
  before: TalkSize;
  /** What sets the topic apart from all other talk, the most telling first. */
  key: TalkPhrase[];
  /** What is said more than before, beyond chance, the surest first; null where there is too little to compare. */
  fresh: TalkPhrase[] | null;
}

/** What people say, and when that was worked out. */
export type TalkAt = Talk & { at: Date };
