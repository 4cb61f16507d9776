import type { DigestData } from './data.ts';
import type { Wording } from './wording.ts';

/** A mail is a summary: some clients cut it at 100 kB, and nobody reads the fortieth row. */
export const DIGEST_LIMITS = {
  duties: 10,
  complaints: 10,
  topics: 20,
  news: 5,
  mentions: 3,
  sources: 20,
} as const;

/** Longest shown, in characters. */
export const NAME = 80;
export const TITLE = 120;
export const EXCERPT = 280;

export interface Shown<Row> {
  items: Row[];
  /** How many more there are. */
  left: number;
}

export function shown<Row>(rows: readonly Row[], limit: number): Shown<Row> {
  return { items: rows.slice(0, limit), left: Math.max(0, rows.length - limit) };
}

function totalMentions(data: DigestData): number {
  return data.topics.reduce((sum, topic) => sum + topic.total, 0);
}

/** Nothing to do and nothing said; sources with errors do not break the quiet, but are told of. */
export function isQuiet(data: DigestData): boolean {
  return data.duties.length === 0 && data.complaints.length === 0 && totalMentions(data) === 0;
}

/** The day in a few words, of our own making only: what goes into the subject. */
export function summaryOf(data: DigestData, words: Wording): string {
  const { length: broken } = data.sourceErrors;
  if (isQuiet(data)) {
    return broken === 0
      ? words.say('quietSubject')
      : words.say('troubleSubject', { sources: words.count('sourceCount', broken) });
  }
  const parts = [
    data.duties.length > 0 ? words.count('dutyCount', data.duties.length) : '',
    data.complaints.length > 0 ? words.count('complaintCount', data.complaints.length) : '',
    words.count('mentionCount', totalMentions(data)),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
