import { z } from 'zod';
import { addDays, instantOf, midnight } from '../src/lib/zone.ts';

/** A row's number out of an address, or null when it is none. */
export function numberParam<Id extends number>(text: string): Id | null {
  return /^[1-9]\d{0,15}$/.test(text) ? (Number(text) as Id) : null;
}

/** Ticked boxes of one name: one arrives as a text, several as a list, none not at all. */
export function listSchema<Value extends z.ZodType>(value: Value, { min = 0, max = 200 } = {}) {
  const listOf = (given: unknown): unknown[] =>
    Array.isArray(given) ? given : given === undefined ? [] : [given];
  return z.preprocess(listOf, z.array(value).min(min).max(max));
}

/** Page number of a list, from 1. */
export function pageParam(text: unknown): number {
  return typeof text === 'string' && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}

/** Midnight at which `2026-11-22` begins on the clocks of a zone, `plus` days later. The text is such a day. */
export function dayStart(text: string, plus: number, zone: string): Date {
  const [year = 1970, month = 1, day = 1] = text.split('-').map(Number);
  return midnight(addDays({ year, month, day }, plus), zone);
}

/** `2026-11-29T18:00`, as a browser's field gives it, on the clocks of a zone; null when it is none. */
export function momentParam(text: string, zone: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  return instantOf({ year, month, day, hour, minute }, zone);
}
