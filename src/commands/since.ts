import { InputError } from '../lib/errors.ts';

const DAY_MS = 86_400_000;

/** `30d`, or a day; null when left out. Throws InputError, which names the option. */
export function readSince(given: string | null, now: Date, option = '--since'): Date | null {
  if (given === null) return null;
  const days = /^(\d{1,5})d$/.exec(given);
  const at = days ? new Date(now.getTime() - Number(days[1]) * DAY_MS) : new Date(given);
  if (Number.isNaN(at.getTime()))
    throw new InputError([{ at: option, message: 'write a day like 2026-11-01, or 30d' }]);
  return at;
}
