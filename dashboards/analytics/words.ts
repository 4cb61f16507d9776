import { dateFormat } from '../../src/lib/formats.ts';
import type { Viewer } from '../auth/session.ts';
import type { Period, Step, Unit } from './period.ts';

function format({ language, zone }: Viewer, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return dateFormat(language, { ...options, timeZone: zone });
}

const lastOf = ({ to }: Pick<Step, 'to'>): Date => new Date(to.getTime() - 1);

/** Short: `14:00`, `22 Nov`. */
export function stepName(viewer: Viewer, { from }: Step, unit: Unit): string {
  return format(
    viewer,
    unit === 'hour' ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  ).format(from);
}

/** Whole: `22 November (Sun)`, `22 November, 14:00`, `16 – 22 November`. */
export function stepWords(viewer: Viewer, step: Step, unit: Unit): string {
  const day = { day: 'numeric', month: 'long' } as const;
  if (unit === 'hour') {
    const clock = format(viewer, { hour: '2-digit', minute: '2-digit' });
    return `${format(viewer, day).format(step.from)}, ${clock.format(step.from)}`;
  }
  if (unit === 'week') return format(viewer, day).formatRange(step.from, lastOf(step));
  return `${format(viewer, day).format(step.from)} (${format(viewer, { weekday: 'short' }).format(step.from)})`;
}

/** First and last day of a period. */
export function periodWords(viewer: Viewer, { from, to }: Pick<Period, 'from' | 'to'>): string {
  return format(viewer, { day: 'numeric', month: 'long', year: 'numeric' }).formatRange(from, lastOf({ to }));
}

/** Names of weekdays, Monday first. */
export function weekdayNames({ language }: Viewer, style: 'long' | 'short'): string[] {
  const names = dateFormat(language, { weekday: style, timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, n) => names.format(new Date(Date.UTC(1970, 0, 5 + n))));
}
