import { compilePattern, isMatched } from './robots-pattern.ts';
import type { CleanParam } from './robots-rules.ts';

/**
 * The address without the parameters of which the site says (Clean-param, Yandex's extension of robots.txt) that they do not
 * change what is shown: sessions, sort orders, ways in. Undone it would be read once for each of their values.
 */
export function withoutCleanParams(url: string, rules: readonly CleanParam[]): string {
  if (rules.length === 0 || !url.includes('?')) return url;
  const parsed = new URL(url);
  const meant = new Set(
    rules
      .filter(({ path }) => isMatched(parsed.pathname, compilePattern(path)))
      .flatMap(({ params }) => params),
  );
  const kept = [...parsed.searchParams].filter(([name]) => !meant.has(name));
  if (kept.length === [...parsed.searchParams].length) return url;
  parsed.search = new URLSearchParams(kept).toString();
  return parsed.href;
}
