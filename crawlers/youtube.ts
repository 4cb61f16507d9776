import type { Page } from '../src/model/ports.ts';
import { type Feeds, feedPlatform } from './platform/feed-platform.ts';

function feedAt(url: URL, parameters: Record<string, string>): Feeds {
  return { posts: new URL(`/feeds/videos.xml?${new URLSearchParams(parameters)}`, url).href };
}

/** `/channel/UC…`, `/playlist?list=…`, `/user/NAME`; the pages of `/@NAME` and `/c/NAME` name their channel. */
function feedsOf(url: URL): Feeds | undefined {
  if (url.pathname.startsWith('/feeds/')) return { posts: url.href };
  const channel = /^\/channel\/(UC[\w-]+)/.exec(url.pathname)?.[1];
  if (channel !== undefined) return feedAt(url, { channel_id: channel });
  const playlist = url.searchParams.get('list');
  if (playlist !== null) return feedAt(url, { playlist_id: playlist });
  const user = /^\/user\/([^/]+)/.exec(url.pathname)?.[1];
  return user === undefined ? undefined : feedAt(url, { user });
}

/** The channel's id in the page's own words about itself, not in those about recommended channels. */
const CHANNEL =
  /(?:channel_id=|"externalId":"|itemprop="(?:identifier|channelId)" content="|\/channel\/)(UC[\w-]{22})/;

function feedOn({ text, url }: Page): string | undefined {
  const channel = CHANNEL.exec(text)?.[1];
  return channel === undefined ? undefined : feedAt(new URL(url), { channel_id: channel }).posts;
}

/**
 * A YouTube channel or playlist by its Atom feed: the newest fifteen videos with their descriptions. Built after the documented
 * address; not seen live from here. Comments need a key to Google's API and are not read.
 */
export const youtubeCrawler = feedPlatform({
  kind: 'youtube',
  hosts: /(?:^|\.)youtube\.com$/,
  feedsOf,
  feedOn,
  site: 'youtube.com',
  asDocument: (plain) => {
    const handle = /\/channel\/(UC[\w-]+)/.exec(plain.author?.profileUrl ?? '')?.[1];
    return plain.author && handle !== undefined ? { ...plain, author: { ...plain.author, handle } } : plain;
  },
});
