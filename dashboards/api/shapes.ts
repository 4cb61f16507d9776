import { z } from 'zod';

/** Parts of which the operations' schemas are made. */

export const at = z.iso.datetime();
export const iso = (time: Date): string => time.toISOString();
export const isoOrNull = (time: Date | null): string | null => time?.toISOString() ?? null;

/** A whole number as an address has it. */
export function whole(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,16}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));
}

/** Of a row: `{id}` of an address. */
export const byId = z.strictObject({ id: whole(1, Number.MAX_SAFE_INTEGER) });
export const byKey = z.strictObject({ key: z.string().min(1).max(64) });
/** Of something that may come to be under this key. */
export const byNewKey = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'is no key: lower-case Latin letters, digits, - and _'),
});
/** Of a customer, by the number that the CRM gave it. */
export const byExternalId = z.strictObject({ external_id: z.string().min(1).max(500) });
export const id = z.int().min(1);

/** One or several of the same name: `topic=a&topic=b`. */
export function several<Item extends z.ZodType>(item: Item, most = 50) {
  const list = (value: unknown): unknown =>
    value === undefined ? [] : Array.isArray(value) ? value : [value];
  return z.preprocess(list, z.array(item).max(most));
}

function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

export const namedZone = z.string().max(64).refine(isZone, 'is no zone like Europe/Moscow');

export const zone = namedZone.default('UTC').describe('IANA zone whose days are meant');

/** Years that calendars and timestamps both know. */
const isKnownYear = (text: string): boolean => /^(19[7-9]|2\d\d)\d-/.test(text);
const UNKNOWN_YEAR = 'is not in 1970 to 2999';

export const day = z.iso.date().refine(isKnownYear, UNKNOWN_YEAR);
export const instant = z.iso.datetime({ offset: true }).refine(isKnownYear, UNKNOWN_YEAR);

export const days = whole(1, 366).default(30).describe('So many days back');

/** Each list comes in pages. */
export const paging = {
  limit: whole(1, 200).default(50),
  cursor: z.string().max(1000).optional().describe('`next_cursor` of the page before'),
};

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    next_cursor: z.string().nullable().describe('null: that was the last page'),
  });
}
