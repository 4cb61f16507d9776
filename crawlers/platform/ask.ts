import { z } from 'zod';
import { PermanentError } from '../../src/lib/errors.ts';
import type { CrawlContext } from '../../src/model/ports.ts';

function broken(place: string, cause?: unknown): PermanentError {
  return new PermanentError(
    'broken-answer',
    `The answer is not what ${place} is documented to say: it may have changed, or the address is none of its.`,
    cause,
  );
}

/** A list whose odd ones are left out; one of odd ones alone is none. */
export function listOf<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(z.unknown()).transform((values, ctx) => {
    const good = values.flatMap((value) => {
      const { success, data } = item.safeParse(value);
      return success ? [data] : [];
    });
    if (good.length === 0 && values.length > 0)
      ctx.addIssue({ code: 'custom', message: 'no item is as expected' });
    return good;
  });
}

/**
 * A question to an API by GET. `place` names it for people: `Bluesky (getAuthorFeed)`.
 * @throws PermanentError `broken-answer` when it says something else than documented
 */
export async function ask<T>(
  ctx: CrawlContext,
  url: string,
  schema: z.ZodType<T>,
  place: string,
): Promise<T> {
  const page = await ctx.fetch(url);
  let said: unknown;
  try {
    said = JSON.parse(page?.text ?? '');
  } catch (error) {
    throw broken(place, error);
  }
  const { success, data, error } = schema.safeParse(said);
  if (!success) throw broken(place, error);
  return data;
}

/** `path` at `base` with parameters, those without a value left out. */
export function addressOf(
  base: string,
  path: string,
  parameters: Record<string, string | number | undefined>,
): string {
  const url = new URL(`${base.replace(/\/$/, '')}${path}`);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

/** Seconds since 1970; what lies ahead is now. */
export function fromSeconds(seconds: number, now: Date): Date {
  return new Date(Math.min(seconds * 1000, now.getTime()));
}

/** ISO 8601, UTC where it names no zone; what lies ahead is now. */
export function fromIso(text: string, now: Date): Date | undefined {
  const time = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? undefined : new Date(Math.min(time, now.getTime()));
}
