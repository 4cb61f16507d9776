import { findDate } from '../../src/extract/date-find.ts';
import { type CorpusSet, readCases } from '../set.ts';
import { share } from './share.ts';

interface DateCase {
  id: string;
  group: string;
  text: string;
  now: string;
  expected: string | null;
  precision: 'day' | 'minute';
  forwardDate?: boolean;
}

const DAY_CHARS = 10;
const MINUTE_CHARS = 16;

/** Years before Christ have a sign and six digits. */
function sameUntil(date: string, chars: number): string {
  return date.slice(0, /^[+-]/.test(date) ? chars + 3 : chars);
}

function judge({
  id,
  text,
  now,
  expected,
  precision,
  forwardDate: isForward = false,
}: DateCase): string | undefined {
  const found = findDate(text, { now: new Date(now), zone: 0, isForward })?.toISOString();
  const chars = precision === 'day' ? DAY_CHARS : MINUTE_CHARS;
  const wanted = expected === null ? undefined : new Date(expected).toISOString();
  if ((found && sameUntil(found, chars)) === (wanted && sameUntil(wanted, chars))) return undefined;
  return `${id} «${text}» at ${now} wants ${wanted} (${precision}) got ${found}`;
}

/** Texts with and without a date, of the tests of dateparser and chrono. */
export const dates: CorpusSet = {
  name: 'dates',
  async run(folder, explain) {
    const cases = readCases<DateCase>(folder, 'cases/dates.jsonl.gz');
    return [await share({ measure: 'dates in text', must: 0.93, aim: 0.97 }, cases, judge, explain)];
  },
};
