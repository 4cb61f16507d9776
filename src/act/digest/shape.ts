import type { DigestData, DigestTopic, DigestUsual } from './data.ts';
import { oneLine } from './excerpt.ts';
import { sideOf, type TooLittle, type Usual } from './usual.ts';
import type { Wording } from './wording.ts';

/** A mail is a summary: some clients cut it at 100 kB, and nobody reads the fortieth row. */
export const DIGEST_LIMITS = {
  duties: 7,
  complaints: 7,
  topics: 10,
  changes: 5,
  voice: 6,
  stories: 5,
  news: 5,
  sources: 20,
} as const;

/** Longest shown, in characters. */
export const NAME = 70;
export const TITLE = 120;
export const EXCERPT = 220;

export interface Shown<Row> {
  items: Row[];
  /** How many more there are. */
  left: number;
}

export function shown<Row>(rows: readonly Row[], limit: number): Shown<Row> {
  return { items: rows.slice(0, limit), left: Math.max(0, rows.length - limit) };
}

/** On a quiet day nobody has to hear that history is short. */
export function isKnown({ usual }: DigestTopic): boolean {
  return !('needed' in usual.total);
}

/** One line to call a text by. */
export function titleOf(text: { title: string | null; excerpt: string }, words: Wording): string {
  return oneLine(text.title ?? '', TITLE) || oneLine(text.excerpt, TITLE) || words.say('untitled');
}

/** Posts that are shown of a topic, by its place: the first ones are read, of the others the number is enough. */
export function mentionsOf(topic: DigestTopic, place: number): DigestTopic['top'] {
  return topic.top.slice(0, place < 2 ? 2 : place < 5 ? 1 : 0);
}

function totalMentions({ topics }: Pick<DigestData, 'topics'>): number {
  return topics.reduce((sum, topic) => sum + topic.total, 0);
}

/** What is not as usual with a topic. */
export interface Change {
  topic: string;
  what: 'total' | 'negative';
  count: number;
  usual: Usual;
  side: 1 | -1;
}

/** What lies beyond the usual, the farthest first; or how much history there is where there is too little for any topic. */
export function changesOf(topics: readonly DigestTopic[]): Change[] | TooLittle {
  const little = topics.map(({ usual }) => usual.total).filter((usual) => 'needed' in usual);
  if (topics.length > 0 && little.length === topics.length) return little[0] as TooLittle;
  return topics
    .flatMap((topic) =>
      (['total', 'negative'] as const).flatMap((what) => changeOf(topic, what, topic.usual[what])),
    )
    .sort((one, other) => distanceOf(other) - distanceOf(one));
}

function changeOf(topic: DigestTopic, what: Change['what'], usual: DigestUsual): Change[] {
  const count = topic[what];
  const side = sideOf(count, usual);
  return side === 0 || 'needed' in usual ? [] : [{ topic: topic.name, what, count, usual, side }];
}

/** From the middle, in half widths of what is usual. */
function distanceOf({ count, usual }: Change): number {
  return Math.abs(count - usual.typical) / Math.max(1, usual.high - usual.typical);
}

export function changeWord({
  what,
  side,
}: Change): 'totalAbove' | 'totalBelow' | 'negativeAbove' | 'negativeBelow' {
  if (what === 'total') return side > 0 ? 'totalAbove' : 'totalBelow';
  return side > 0 ? 'negativeAbove' : 'negativeBelow';
}

/** A topic's part of all that was said, 0…1, now and usually (null: nobody can say). Empty where there is nothing to compare. */
export interface Voice {
  topic: string;
  total: number;
  share: number;
  usual: number | null;
}

export function voicesOf(topics: readonly DigestTopic[]): Voice[] {
  const all = totalMentions({ topics: [...topics] });
  if (all === 0 || topics.length < 2) return [];
  const typical = topics.map(({ usual }) => ('needed' in usual.total ? null : usual.total.typical));
  const sum = typical.reduce<number>((total, value) => total + (value ?? 0), 0);
  const isKnown = sum > 0 && !typical.includes(null);
  return topics
    .filter(({ total }) => total > 0)
    .map(({ name, total }) => ({
      topic: name,
      total,
      share: total / all,
      usual: isKnown ? (typical[topics.findIndex((one) => one.name === name)] ?? 0) / sum : null,
    }));
}

/** How pressing a case is when the digest is written. */
export function urgencyOf(dueAt: Date, now: Date): 'late' | 'soon' | 'later' {
  if (dueAt < now) return 'late';
  return dueAt.getTime() < now.getTime() + 86_400_000 ? 'soon' : 'later';
}

export function totalDuties({ dutyCounts: { late, soon, later } }: DigestData): number {
  return late + soon + later;
}

/** Nothing to do and nothing said; sources with errors do not break the quiet, but are told of. */
export function isQuiet(data: DigestData): boolean {
  return data.duties.length === 0 && data.complaints.length === 0 && totalMentions(data) === 0;
}

/** So quiet that whoever does not want to hear of it need not: but not where the quiet may be deafness. */
export function isSilent(data: DigestData): boolean {
  return isQuiet(data) && data.sourceErrors.length === 0;
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
    totalDuties(data) > 0 ? words.count('dutyCount', totalDuties(data)) : '',
    data.dutyCounts.late > 0 ? words.count('lateCases', data.dutyCounts.late) : '',
    data.complaints.length > 0 ? words.count('complaintCount', data.complaints.length) : '',
    words.count('mentionCount', totalMentions(data)),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
