import { InputError } from '../lib/errors.ts';

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `15m` → milliseconds; undefined when nothing was given. @throws InputError */
export function readInterval(given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(String(given).trim());
  const ms = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
  if (!(ms >= 60_000))
    throw new InputError([
      { at: 'every', message: 'write an interval like 15m, 6h or 1d, a minute at least' },
    ]);
  return ms;
}
