import { z } from 'zod';
import { addDays, dateKey, type LocalDate, localTime } from '../../src/lib/zone.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { Viewer } from '../auth/session.ts';
import { daysBetween, type Period, periodBefore, periodOf } from './period.ts';

export const SPANS = [1, 7, 30, 90] as const;
const USUAL = 30;
const MOST_DAYS = 730;

const day = z.iso
  .date()
  .refine((value) => /^(19[7-9]|20)\d/.test(value))
  .optional()
  .catch(undefined);
const keys = z
  .preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string().max(100)).max(50),
  )
  .catch([]);

/** The page's address: every state of the page is one. Nonsense in it is left out. */
const querySchema = z.object({
  days: z.coerce
    .number()
    .refine((value) => SPANS.some((span) => span === value))
    .optional()
    .catch(undefined),
  /** Whole days, both included; they go before `days`. */
  from: day,
  to: day,
  topic: keys,
  /** `before`, `none`, or the key of a topic behind `topic:`. */
  with: z.string().max(120).optional().catch(undefined),
});

/** What stands against what is shown. */
export type Against = { kind: 'none' } | { kind: 'before' } | { kind: 'topic'; topic: Topic };

/** What the page is asked for. */
export interface Ask {
  /** null: days of its own. */
  span: number | null;
  period: Period;
  /** null: nothing is compared. */
  other: Period | null;
  against: Against;
  /** All there are, in their order. */
  topics: readonly Topic[];
  /** Empty: all. */
  chosen: readonly Topic[];
}

function toDate(key: string): LocalDate {
  const [year = 1970, month = 1, date = 1] = key.split('-').map(Number);
  return { year, month, day: date };
}

function readAgainst(text: string | undefined, topics: readonly Topic[]): Against {
  if (text === 'none') return { kind: 'none' };
  const topic = topics.find(({ key }) => text === `topic:${key}`);
  return topic ? { kind: 'topic', topic } : { kind: 'before' };
}

function readPeriod(
  { days, from, to }: z.infer<typeof querySchema>,
  { now, zone }: Viewer,
): Pick<Ask, 'span' | 'period'> {
  const today = localTime(now, zone);
  if (from || to) {
    const last = to ? toDate(to) : today;
    const first = from ? toDate(from) : addDays(last, 1 - USUAL);
    const [begin, end] = dateKey(first) <= dateKey(last) ? [first, last] : [last, first];
    const length = Math.min(MOST_DAYS, daysBetween(begin, end));
    return { span: null, period: periodOf(addDays(end, 1 - length), length, zone, now) };
  }
  const span = days ?? USUAL;
  return { span, period: periodOf(addDays(today, 1 - span), span, zone, now) };
}

export function readAsk(query: unknown, topics: readonly Topic[], viewer: Viewer): Ask {
  const read = querySchema.parse(query);
  const chosen = topics.filter(({ key }) => read.topic.includes(key));
  const against = readAgainst(read.with, topics);
  const { span, period } = readPeriod(read, viewer);
  const others = { none: null, before: periodBefore(period), topic: period };
  return { span, period, other: others[against.kind], against, topics, chosen };
}

/** First and last day of a period, as an address writes them. */
export function daysOfPeriod({ first, days }: Period): { from: string; to: string } {
  return { from: dateKey(first), to: dateKey(addDays(first, days - 1)) };
}

/** The address of the page in this state; `path`: of a part of it. */
export function askHref(
  ask: Ask,
  change: Partial<Pick<Ask, 'span' | 'chosen' | 'against'>> = {},
  path = '',
): string {
  const { span, period, chosen, against } = { ...ask, ...change };
  const params = new URLSearchParams();
  const days = daysOfPeriod(period);
  if (span !== null) params.set('days', String(span));
  else for (const [name, value] of Object.entries(days)) params.set(name, value);
  for (const { key } of chosen) params.append('topic', key);
  if (against.kind === 'none') params.set('with', 'none');
  if (against.kind === 'topic') params.set('with', `topic:${against.topic.key}`);
  return `/analytics${path}?${params}`;
}
