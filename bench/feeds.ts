import { makePosts } from './posts.ts';

export const FEEDS = 1000;
const ITEMS = 20;

/** A loopback address of its own for each feed: each is a host of its own to politeness. */
export function feedHost(at: number): string {
  return `127.0.${1 + Math.floor(at / 200)}.${1 + (at % 200)}`;
}

/** RSS 2.0 with full texts as HTML in CDATA; in a later `round` its newest entries are others. */
export function makeFeed(at: number, round: number): string {
  const posts = makePosts(ITEMS + round, 120, at + 1).slice(round);
  const items = posts.map(
    ({ id, title, text }) =>
      `<item><guid isPermaLink="false">${at}-${id}</guid><link>https://example.org/${at}/${id}</link><title>${title}</title><pubDate>${new Date(Date.UTC(2026, 0, 1) + id * 3_600_000).toUTCString()}</pubDate><description><![CDATA[<p>${text}</p><p><a href="https://example.org/">more</a></p>]]></description></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed ${at}</title><link>https://example.org/${at}</link>${items.join('')}</channel></rss>`;
}
