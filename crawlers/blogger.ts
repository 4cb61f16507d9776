import { feedPlatform } from './platform/feed-platform.ts';

/** A comment's address is its post's with `?showComment=…#c…` behind it. */
function postAddress(url: string): string {
  return url.replace(/[?#].*$/, '');
}

/**
 * Blogger (blogspot and domains of one's own, with `kind: blogger`): posts and comments by their Atom feeds. Built after the
 * documented addresses; not seen live from here. What a comment answers among comments its feed does not tell.
 */
export const bloggerCrawler = feedPlatform({
  kind: 'blogger',
  hosts: /(?:^|\.)blogspot\.[a-z.]+$/,
  feedsOf: (url) => ({
    posts: new URL('/feeds/posts/default', url).href,
    comments: new URL('/feeds/comments/default', url).href,
  }),
  asDocument: (plain, _item, isComment) => {
    const post = postAddress(plain.url);
    if (!isComment) return { ...plain, externalId: post };
    const { title: _start, ...rest } = plain;
    return {
      ...rest,
      kind: 'comment',
      thread: { externalId: post, title: '', url: post },
      parentExternalId: post,
    };
  },
});
