import type { Language } from '../../model/user.ts';
import type { CaseWork } from '../../store/report-facts.ts';
import type { DigestNews, DigestStory, DigestTopic } from '../digest/data.ts';

/** A day, or a week where there are many: the local date of its beginning. */
export interface ReportStep {
  day: string;
  total: number;
  negative: number;
}

/**
 * All that a report says, as it was when it was written. It is kept as JSON and never worked out again: there are no dates in it but strings.
 * A change of its shape needs a new `version` and a renderer that knows both.
 */
export interface ReportFacts {
  version: 1;
  language: Language;
  zone: string;
  /** First and last local day, `2026-11-16` and `2026-11-22`. */
  first: string;
  last: string;
  topics: DigestTopic[];
  steps: ReportStep[];
  /** Days in a step. */
  stepDays: number;
  stories: DigestStory[];
  news: DigestNews[];
  places: { name: string; total: number }[];
  cases: CaseWork;
}
