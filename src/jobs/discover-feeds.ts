import { parseFeed } from '../extract/feed.ts';
import { feedFormat } from '../extract/feed-format.ts';
import type { FeedLink } from '../extract/front-page.ts';
import { wellKnownFeeds } from '../extract/well-known-feeds.ts';
import type { Candidate, CandidateReason } from '../model/discovery.ts';
import type { Page } from '../model/ports.ts';
import { candidate, hostOf, type Search } from './discovery-search.ts';
import { noteOf } from './preview.ts';

const FEED_FORMATS = new Set(['rss', 'rdf', 'atom']);
const COMMENTS = /comments?|комментари/i;
/** More feeds than that are sections of the same site. */
const MAX_FEEDS = 4;

export function isFeed({ text, contentType }: Page): boolean {
  const format = feedFormat(text, contentType);
  return (
    FEED_FORMATS.has(format) || (format === 'json' && text.slice(0, 2000).includes('jsonfeed.org/version'))
  );
}

export async function feedCandidate(
  { deps }: Search,
  page: Page,
  confidence: number,
  why: CandidateReason,
): Promise<Candidate> {
  const feed = await parseFeed(page.text, page.contentType, page.url, deps.clock.now());
  const isEmpty = feed.items.length === 0;
  return candidate(
    'feed',
    page.url,
    feed.title || hostOf(page.url),
    isEmpty ? confidence / 2 : confidence,
    why,
  );
}

/** Reads a feed to know that it is one, and its name; null when it is none, which is noted. */
async function tryFeed(
  search: Search,
  url: string,
  confidence: number,
  why: CandidateReason,
): Promise<Candidate | null> {
  try {
    const page = await search.fetch(url);
    if (!page || (why === 'guess' && !isFeed(page))) return null;
    return await feedCandidate(search, page, confidence, why);
  } catch (error) {
    if (why !== 'guess') search.notes.push(noteOf('feed', url, error));
    return null;
  }
}

/** Those that a page names; comments come after posts. */
export async function linkedFeeds(search: Search, feeds: readonly FeedLink[]): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const urls = new Map(feeds.map((feed) => [feed.url, feed]));
  for (const [at, { url, title }] of [...urls.values()].slice(0, MAX_FEEDS).entries()) {
    const isOfComments = COMMENTS.test(`${url} ${title ?? ''}`);
    const feed = await tryFeed(search, url, (isOfComments ? 0.5 : 0.9) - at / 100, 'link');
    if (feed) found.push(feed);
  }
  return found;
}

/** The first that is found where feeds usually stand. */
export async function guessedFeeds(search: Search, address: string): Promise<Candidate[]> {
  for (const url of wellKnownFeeds(address)) {
    if (search.signal.aborted) break;
    const feed = await tryFeed(search, url, 0.8, 'guess');
    if (feed) return [feed];
  }
  return [];
}
