import type { FoundAuthor, FoundDocument } from '../src/model/document.ts';
import { type Feeds, feedPlatform } from './platform/feed-platform.ts';

/** A private feed's key (`?feed=…&user=…`) is kept: it is asked with. */
function feedAt(url: URL, path: string, more: Record<string, string> = {}): string {
  const feed = new URL(path, url);
  for (const name of ['feed', 'user']) {
    const value = url.searchParams.get(name);
    if (value !== null) feed.searchParams.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) feed.searchParams.set(name, value);
  return feed.href;
}

function searchFeed(url: URL, subreddit: string): Feeds {
  const query = { q: url.searchParams.get('q') ?? '', sort: 'new' };
  if (subreddit === '') return { posts: feedAt(url, '/search.rss', query) };
  return { posts: feedAt(url, `${subreddit}/search.rss`, { ...query, restrict_sr: 'on' }) };
}

/** `/r/NAME` with its comments, one thread, `/user/NAME`, `/search?q=` everywhere or within a subreddit. */
function feedsOf(url: URL): Feeds | undefined {
  const { pathname } = url;
  if (/\.rss$/.test(pathname)) return { posts: url.href };
  const [subreddit = ''] = /^\/r\/[\w+-]+/.exec(pathname) ?? [];
  if (/\/search\/?$/.test(pathname)) return searchFeed(url, subreddit);
  const [thread] = /^\/r\/[\w+-]+\/comments\/\w+/.exec(pathname) ?? [];
  if (thread !== undefined) return { posts: feedAt(url, `${thread}/.rss`) };
  const [user] = /^\/u(?:ser)?\/[\w-]+/.exec(pathname) ?? [];
  if (user !== undefined) return { posts: feedAt(url, `${user.replace(/^\/u\//, '/user/')}/.rss`) };
  if (subreddit === '') return undefined;
  return { posts: feedAt(url, `${subreddit}/new/.rss`), comments: feedAt(url, `${subreddit}/comments/.rss`) };
}

function authorOf(author: FoundAuthor | undefined): { author?: FoundAuthor } {
  if (!author) return {};
  const handle = author.handle.replace(/^\/?u\//, '');
  return {
    author: { site: 'reddit.com', handle, name: handle, profileUrl: `https://www.reddit.com/user/${handle}` },
  };
}

/** What Reddit writes beneath every post. */
const FOOTER = /\s*submitted by\s+\/u\/\S+(?:\s+to\s+r\/\S+)?(?:\s*\[link\])?(?:\s*\[comments\])?\s*$/i;

const OWN_LINK = /^https:\/\/www\.reddit\.com\/user\//;

/** `…/comments/POST/slug/COMMENT/`; its title is `/u/name on Title`. */
function asComment(plain: FoundDocument): FoundDocument {
  const [thread = plain.url, id] = /^.*\/comments\/(\w+)(?:\/[^/]*)?/.exec(plain.url) ?? [];
  const { title = '', author, ...rest } = plain;
  const post = `t3_${id ?? ''}`;
  return {
    ...rest,
    kind: 'comment',
    ...authorOf(author),
    thread: { externalId: post, title: title.replace(/^\/u\/\S+ on /, ''), url: `${thread}/` },
    parentExternalId: post,
  };
}

/**
 * Reddit by its Atom feeds: subreddits with their comments, threads, users, searches. The form of the feeds is documented in
 * others' code, not seen live from here: Reddit refuses many addresses, limits feeds hard, and its robots.txt may forbid them.
 * Which comment a comment answers the feed does not tell: all answer the post.
 */
export const redditCrawler = feedPlatform({
  kind: 'reddit',
  hosts: /(?:^|\.)reddit\.com$/,
  site: 'reddit.com',
  feedsOf,
  asDocument: (plain, item) => {
    if (item.id.startsWith('t1_')) return asComment(plain);
    const { links = [], ...rest } = plain;
    const told = links.filter((link) => link !== plain.url && !OWN_LINK.test(link));
    const text = plain.text.replace(FOOTER, '');
    return {
      ...rest,
      kind: 'post',
      text,
      ...authorOf(plain.author),
      ...(told.length === 0 ? {} : { links: told }),
    };
  },
});
