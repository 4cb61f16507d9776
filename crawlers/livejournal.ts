import { feedPlatform } from './platform/feed-platform.ts';

const HOST = /(?:^|\.)livejournal\.(?:com|net)$/;

/** `users.` and `community.` carry the journal's name in the path, all others in the host. */
function rootOf(url: URL): string {
  const [shared] = /^\/(?:users\/|community\/|~)?[\w-]+/.exec(url.pathname) ?? [];
  return /^(?:users|community|www)\./.test(url.host) && shared !== undefined ? shared : '';
}

/** Whose journal it is; communities have many authors. */
function ownerOf({ hostname, pathname }: URL): string | undefined {
  if (!HOST.test(hostname) || /^community\./.test(hostname)) return undefined;
  const name = /^users\./.test(hostname) ? pathname.split('/')[1] : hostname.split('.')[0];
  return name?.replaceAll('-', '_');
}

/**
 * LiveJournal: a user or community by any of its addresses; entries from `data/rss`, comments from the entries' pages. Built
 * after the documented addresses; not seen live from here. In communities whose feed names no author entries stay unsigned.
 */
export const livejournalCrawler = feedPlatform({
  kind: 'livejournal',
  hosts: HOST,
  site: 'livejournal.com',
  feedsOf: (url) => ({ posts: new URL(`${rootOf(url)}/data/rss`, url).href }),
  hasCommentsOnPages: true,
  asDocument: (plain, _item, _isComment, source) => {
    const owner = plain.author ? undefined : ownerOf(source);
    if (owner === undefined) return plain;
    return {
      ...plain,
      author: { site: 'livejournal.com', handle: owner, profileUrl: `${source.origin}/profile` },
    };
  },
});
