import { crawlers, findCrawler } from '../../crawlers/registry.ts';
import type { DiscoverDeps } from '../../src/jobs/discovery-search.ts';
import { PermanentError, RetryLaterError } from '../../src/lib/errors.ts';
import type { Page } from '../../src/model/ports.ts';
import { createTestClock } from './worker.ts';

/** A page as a test writes it: its text, or the code of an error. */
export type Sites = Record<string, string | { error: string }>;

export function rss(title: string, items: readonly string[], more = ''): string {
  const entries = items.map(
    (item, at) =>
      `<item><title>${item}</title><link>https://blog.example/${at}</link><guid>${item}</guid>
       <author>Anna</author><pubDate>Sat, 21 Nov 2026 10:0${at}:00 GMT</pubDate>
       <description>${`${item} and enough of words to be no excerpt. `.repeat(5)}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://blog.example/</link>${more}${entries.join('')}</channel></rss>`;
}

function typeOf(text: string): string {
  if (text.startsWith('<?xml')) return 'application/xml';
  return text.startsWith('{') ? 'application/json' : 'text/html';
}

function read(sites: Sites, url: string): Page {
  const found = sites[url] ?? { error: 'http-404' };
  if (typeof found === 'string')
    return { url, text: found, contentType: typeOf(found), charset: 'utf-8', validators: {} };
  if (/^(?:dns|connect|tls|timeout|http-5)/.test(found.error))
    throw new RetryLaterError(found.error, `no answer from ${url}`);
  throw new PermanentError(found.error, `${url} cannot be read`);
}

/** What discovery works with, on a web of a few pages and with the real crawlers; `asked` tells what was fetched. */
export function discoveryOn(
  sites: Sites,
  sitemaps: readonly string[] = [],
): DiscoverDeps & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    clock: createTestClock(),
    findCrawler,
    recognisers: crawlers,
    sitemapsOf: async () => sitemaps,
    fetchFor: () => async (url) => {
      asked.push(url);
      return read(sites, url);
    },
  };
}
