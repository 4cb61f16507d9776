import type { RatingReport } from '../model/back-test.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Span } from '../model/tag.ts';
import type { ContextSwitch, TopicExample } from '../model/topic.ts';
import type { ContextPrecision } from './context/precision.ts';
import type { JudgedExample, Reason } from './why-not.ts';

/** A topic that somebody is working on. */
export interface Draft extends ContextSwitch {
  /** Key of the topic; null of one that is not saved yet. */
  topic: string | null;
  name: string;
  query: string;
}

/** A draft held against the examples of its topic and against what people said of documents. */
export interface DraftReport {
  examples: JudgedExample<TopicExample>[];
  ratings: RatingReport;
  /** How the context check does, switched on or not, on what people said of texts that name the brand. */
  context: ContextPrecision;
}

/** What becomes of one text under a draft. `address`: what was pasted, when it was one. */
export type MissAnswer =
  | { found: 'nothing'; address: string }
  | {
      found: 'text' | 'document';
      address: string | null;
      id: DocumentId | null;
      title: string | null;
      text: string;
      matched: boolean;
      spans: Span[];
      reasons: Reason[];
      /** Does the saved version find it? null when there is none. */
      savedMatches: boolean | null;
    };
