import { WEEK_MS } from '../../../src/jobs/scorecard/periods.ts';
import type { Weighed } from '../../../src/jobs/scorecard/weigh.ts';
import type { SentimentLabel } from '../../../src/model/tag.ts';

const FIRST_MONDAY = Date.parse('2026-08-03T00:00:00Z');

/** A label of a week (0: the first) of which the test says what matters. */
export function labelOf(week: number, change: Partial<Weighed> = {}): Weighed {
  const from = new Date(FIRST_MONDAY + week * WEEK_MS);
  const to = new Date(from.getTime() + WEEK_MS);
  return {
    sampleId: week,
    from,
    to,
    stratum: 0,
    language: 'ru',
    sourceKind: 'forum',
    mentions: 1,
    label: { tone: 'neutral', complaint: false },
    machine: { tone: 'neutral', toneVersion: '1', complaint: false, complaintVersion: '1' },
    at: to,
    weight: 1,
    ...change,
  };
}

/** `truth` of the person, `said` of the taggers. */
export function tones(said: SentimentLabel, truth: SentimentLabel, version = '1'): Partial<Weighed> {
  return {
    label: { tone: truth, complaint: truth === 'negative' },
    machine: {
      tone: said,
      toneVersion: version,
      complaint: said === 'negative',
      complaintVersion: version,
    },
  };
}
