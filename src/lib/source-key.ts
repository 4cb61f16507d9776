const MAX_KEY = 60;

/** A short name for a source after its address: `forum.example.ru/board/3` → `forum-example-ru-board-3`. */
export function sourceKeyOf(url: string, taken: ReadonlySet<string>): string {
  const { host, pathname } = new URL(url);
  const words = `${host.replace(/^www\./, '')}${pathname}`
    .toLowerCase()
    .replace(/\.(?:xml|rss|html?|php|json)$/, '');
  const base =
    words
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, MAX_KEY) || 'source';
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const key = `${base}-${number}`;
    if (!taken.has(key)) return key;
  }
}
