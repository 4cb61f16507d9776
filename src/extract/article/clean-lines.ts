import { isBoilerplateLine, isEndingLine, isOpeningLine } from './boilerplate-lines.ts';

/** How many lines may stand above the text. */
const OPENING_LINES = 8;
/** What follows an ending heading is dropped only if this part of the text stands before it. */
const BODY_SHARE = 0.6;

/** Where the article ends: the first heading of what follows it, far enough down. */
function endOf(lines: readonly string[]): number {
  const total = lines.reduce((sum, line) => sum + line.length, 0);
  let before = 0;
  for (const [at, line] of lines.entries()) {
    if (before >= total * BODY_SHARE && isEndingLine(line)) return at;
    before += line.length;
  }
  return lines.length;
}

/** Takes out the lines that are not the author's: bylines above, invitations between, related articles below. */
export function cleanLines(text: string): string {
  const lines = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line));
  return lines
    .slice(0, endOf(lines))
    .filter((line, at) => !isBoilerplateLine(line) && !(at < OPENING_LINES && isOpeningLine(line)))
    .join('\n');
}
