import { InputError } from '../../lib/errors.ts';
import { addDays, dateKey, instantOf, type LocalDate, localTime, weekdayOf } from '../../lib/zone.ts';

export interface DigestSettings {
  /** `HH:MM` on the recipient's clock. */
  at: string;
  /** IANA zone. */
  zone: string;
  /** 1 Monday … 7 Sunday; every day when absent. */
  weekdays?: readonly number[] | null | undefined;
}

export interface DigestPeriod {
  from: Date;
  to: Date;
  /** Local date of the digest: one digest per recipient and key. */
  key: string;
}

/** Far enough to meet any weekday again, and a day more for the date line. */
const REACH_DAYS = 9;

/** The first time after `after` (never equal to it) at which a digest is due. Throws InputError for settings that never are. */
export function nextDigestAt(settings: DigestSettings, after: Date): Date {
  const today = localTime(after, settings.zone);
  for (let days = -1; days <= REACH_DAYS; days++) {
    const slot = slotOn(settings, addDays(today, days));
    if (slot && slot.getTime() > after.getTime()) return slot;
  }
  throw neverDue();
}

/**
 * What a digest sent at `sendAt` tells of: from the slot before last to the last slot, so that digests neither
 * overlap nor leave a gap however late one of them goes out. On Mondays it reaches back over a weekend without digests.
 */
export function digestPeriod(settings: DigestSettings, sendAt: Date): DigestPeriod {
  const to = lastSlot(settings, sendAt.getTime());
  const from = lastSlot(settings, to.getTime() - 1);
  return { from, to, key: dateKey(localTime(to, settings.zone)) };
}

/** The newest slot at or before `limit`, in ms. */
function lastSlot(settings: DigestSettings, limit: number): Date {
  const today = localTime(new Date(limit), settings.zone);
  for (let days = 1; days >= -REACH_DAYS; days--) {
    const slot = slotOn(settings, addDays(today, days));
    if (slot && slot.getTime() <= limit) return slot;
  }
  throw neverDue();
}

function slotOn(settings: DigestSettings, date: LocalDate): Date | null {
  if (settings.weekdays && !settings.weekdays.includes(weekdayOf(date))) return null;
  return instantOf({ ...date, ...readTime(settings.at) }, settings.zone);
}

function readTime(at: string): { hour: number; minute: number } {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(at);
  if (!match)
    throw new InputError([{ at: 'digest.at', message: 'write the time as HH:MM, for example 09:00' }]);
  return { hour: Number(match[1]), minute: Number(match[2]) };
}

function neverDue(): InputError {
  return new InputError([
    { at: 'digest.weekdays', message: 'name at least one weekday from 1 (Monday) to 7 (Sunday)' },
  ]);
}
