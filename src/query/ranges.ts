import { dayBounds, parseDay } from './days.ts';

/** Both ends included; null: open. */
export interface NumberRange {
  from: number | null;
  to: number | null;
}

/**
 * A day as written: `2026`, `2026-11`, `2026-11-20`, `2026-11-20T14:30`, `today`, `yesterday`, or so long before now:
 * `-7d`, `-12h`, `-2w`, `-3m`, `-1y`.
 */
export type Day = string;

/** Days as written, both ends whole days included; null: open. They become moments when the zone and the hour are known. */
export interface DateRange {
  from: Day | null;
  to: Day | null;
  /** `>` and `<`: only what is after the end of `from`, before the beginning of `to`. */
  isOpen?: boolean;
}

const COMPARISON = /^(>=|<=|>|<|=)(.+)$/;
const NUMBER = /^\d{1,15}$/;

/** `1000`, `>=1000`, `100..5000`, `..10`. null when it is none of them. */
export function readNumberRange(text: string): NumberRange | null {
  const [, sign = '', compared = ''] = COMPARISON.exec(text) ?? [];
  if (sign !== '') {
    if (!NUMBER.test(compared)) return null;
    const number = Number(compared);
    if (sign === '=') return { from: number, to: number };
    if (sign.startsWith('>')) return { from: sign === '>' ? number + 1 : number, to: null };
    return { from: null, to: sign === '<' ? number - 1 : number };
  }
  const ends = text.split('..');
  if (ends.length > 2 || ends.every((end) => end === '')) return null;
  if (!ends.every((end) => end === '' || NUMBER.test(end))) return null;
  const [from = '', to = from] = ends;
  return { from: from === '' ? null : Number(from), to: to === '' ? null : Number(to) };
}

export function writeNumberRange({ from, to }: NumberRange): string {
  return from === to ? String(from) : `${from ?? ''}..${to ?? ''}`;
}

/** `2026-11`, `2026-11-01..2026-11-20`, `-7d` (since then), `>=2026-11-01`. null when it is none of them. */
export function readDateRange(text: string): DateRange | null {
  const [, sign = '', compared = ''] = COMPARISON.exec(text) ?? [];
  if (sign === '') return readDays(text);
  if (parseDay(compared) === null) return null;
  if (sign === '=') return { from: compared, to: compared };
  const isOpen = sign.length === 1 ? { isOpen: true } : {};
  return sign.startsWith('>')
    ? { from: compared, to: null, ...isOpen }
    : { from: null, to: compared, ...isOpen };
}

function readDays(text: string): DateRange | null {
  const ends = text.split('..');
  if (ends.length > 2 || ends.every((end) => end === '')) return null;
  if (!ends.every((end) => end === '' || parseDay(end) !== null)) return null;
  const [from = '', to] = ends;
  if (to === undefined) return from.startsWith('-') ? { from, to: null } : { from, to: from };
  return { from: from === '' ? null : from, to: to === '' ? null : to };
}

export function writeDateRange({ from, to, isOpen = false }: DateRange): string {
  if (isOpen) return from === null ? `<${to}` : `>${from}`;
  if (from !== null && to === null && from.startsWith('-')) return from;
  return from === to ? String(from) : `${from ?? ''}..${to ?? ''}`;
}

/** The moments of a range, `to` excluded, in ms since 1970. `zone`: IANA name. */
export function rangeMoments(range: DateRange, now: Date, zone: string): { from: number; to: number } {
  const { from, to, isOpen = false } = range;
  const first = from === null ? null : dayBounds(from, now, zone);
  const last = to === null ? null : dayBounds(to, now, zone);
  return {
    from: (isOpen ? first?.to : first?.from) ?? Number.NEGATIVE_INFINITY,
    to: (isOpen ? last?.from : last?.to) ?? Number.POSITIVE_INFINITY,
  };
}
