/** A wall-clock moment in some zone. Months and days count from 1. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

export type LocalDate = Pick<LocalTime, 'year' | 'month' | 'day'>;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than using it; there are few zones. Throws RangeError for an unknown zone. */
function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What clocks in the zone show. `zone` is an IANA name. */
export function localTime(at: Date, zone: string): LocalTime & { second: number } {
  const parts = new Map(
    formatFor(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
}

/** How far the zone's clocks are ahead of UTC at that moment. */
export function zoneOffsetMs(at: Date, zone: string): number {
  const local = localTime(at, zone);
  const shown = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}

/**
 * The moment at which clocks in the zone show `local`. Shown twice (clocks go back): the first. Never shown
 * (clocks go forward): as much later as the clocks jump, so 02:30 becomes 03:30.
 */
export function instantOf(local: LocalTime, zone: string): Date {
  const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute);
  // No zone changes its clocks twice within two days: the offsets a day before and after are the only candidates.
  const before = zoneOffsetMs(new Date(asUtc - DAY_MS), zone);
  const after = zoneOffsetMs(new Date(asUtc + DAY_MS), zone);
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    if (zoneOffsetMs(new Date(asUtc - offset), zone) === offset) return new Date(asUtc - offset);
  }
  return new Date(asUtc - before);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** The moment at which a day begins on the zone's clocks. */
export function midnight({ year, month, day }: LocalDate, zone: string): Date {
  return instantOf({ year, month, day, hour: 0, minute: 0 }, zone);
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay() || 7;
}

/** `2026-11-22`. */
export function dateKey(date: LocalDate): string {
  return [String(date.year).padStart(4, '0'), pad(date.month), pad(date.day)].join('-');
}

/** `2026-11-22T14:05` of the zone's clocks, as browsers' fields and our addresses have it. */
export function minuteKey(at: Date, zone: string): string {
  const local = localTime(at, zone);
  return `${dateKey(local)}T${pad(local.hour)}:${pad(local.minute)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
