import { z } from 'zod';
import { RetryLaterError } from '../../lib/errors.ts';

/** Vendors write ids as numbers here and as texts there. */
export const idText = z.union([z.string().min(1), z.number()]).transform(String);
export const optionalText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));

/** What of an answer is used. @throws RetryLaterError where it has another shape: what it says is not repeated */
export function readAnswer<Shape>(name: string, shape: z.ZodType<Shape>, answer: unknown): Shape {
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  const at = read.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new RetryLaterError(
    'bad-answer',
    `${name} answered in a form that this program does not know (${at}).`,
  );
}

/** Records made of what a page lists. What cannot be read becomes a record that says nothing: it is counted as left out, and costs only itself. */
export function recordsOf<Shape>(
  shape: z.ZodType<Shape>,
  items: readonly unknown[],
  toRecord: (item: Shape) => Record<string, unknown> | null,
): Record<string, unknown>[] {
  return items.flatMap((item) => {
    const read = shape.safeParse(item);
    const record = read.success ? toRecord(read.data) : {};
    return record === null ? [] : [record];
  });
}

/** What is null or undefined is not stated. */
export function stated(parts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null && part !== undefined));
}

/** A name made of what the CRM has; a customer without one is called by his number. */
export function joinName(parts: readonly (string | null | undefined)[], id: string): string {
  const name = parts
    .filter((part) => part?.trim())
    .join(' ')
    .trim();
  return name === '' ? `#${id}` : name.slice(0, 500).toWellFormed();
}

/** `2026-08-25 13:16:04`, in UTC: as databases write it, and CRMs ask for it. */
export function sqlTime(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
