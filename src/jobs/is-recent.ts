import type { Document } from '../model/document.ts';

/** What was published last year and is found today is no news: nobody waits for an answer any more. */
export function isRecent(
  { publishedAt, foundAt }: Pick<Document, 'publishedAt' | 'foundAt'>,
  withinMs: number,
  now: Date,
): boolean {
  return now.getTime() - (publishedAt ?? foundAt).getTime() <= withinMs;
}
