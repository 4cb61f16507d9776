import type { TruthItem } from './blogosphere.ts';
import type { FoundItem } from './items.ts';

/** Site and path of a permalink, as the truth has them. */
function keyOf(permalink: string): string {
  const url = new URL(permalink);
  return url.hostname.replace(/\.test$/, '') + url.pathname + url.search + url.hash;
}

function plain(name: string | null): string {
  return (name ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** As the world's scorer compares: a blog's author may be told by nick or by name. */
function isSameName(name: string | null, { author, kind }: TruthItem): boolean {
  const [first = ''] = plain(author).split(' ');
  return plain(name) === plain(author) || (kind === 'post' && name !== null && plain(name).includes(first));
}

/** What a person would want to look at first: what was not found, and what was found wrong. At most `limit` of each. */
export function describeMisses(
  truth: readonly TruthItem[],
  items: readonly FoundItem[],
  limit: number,
): string[] {
  const found = new Map(items.map((item) => [keyOf(item.permalink), item]));
  const lines: Record<string, string[]> = {
    missing: [],
    author: [],
    date: [],
    deleted: [],
    undeleted: [],
    text: [],
  };
  const tell = (kind: string, line: string) => void lines[kind]?.push(line);
  for (const item of truth) {
    const key = item.site + item.path;
    const own = found.get(key);
    if (!own) {
      if (item.access !== 'disallowed')
        tell('missing', `${key} published ${item.publishedTick} deleted ${item.deletedTick}`);
      continue;
    }
    if (!isSameName(own.author, item)) tell('author', `${key}: ${own.author} instead of ${item.author}`);
    const off = own.date ? Math.abs(own.date.getTime() - Date.parse(item.published)) : Number.NaN;
    if (!(off <= 60_000)) tell('date', `${key}: ${own.date?.toISOString()} instead of ${item.published}`);
    if (own.deleted && item.deletedTick === null) tell('deleted', key);
    if (!own.deleted && item.deletedTick !== null)
      tell('undeleted', `${key} ${item.deletion} at ${item.deletedTick}`);
    if (item.editedTick !== null && own.text.length < (item.text ?? '').length * 0.98)
      tell('text', `${key} edited ${item.editedTick}`);
  }
  return Object.entries(lines).flatMap(([kind, all]) => [
    `${kind}: ${all.length}`,
    ...all.slice(0, limit).map((line) => `  ${line}`),
  ]);
}
