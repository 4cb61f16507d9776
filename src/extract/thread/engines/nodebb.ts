import { engineOf } from '../engine.ts';

export const nodebb = engineOf({
  kind: 'nodebb',
  name: 'NodeBB',
  signs: [
    ['[component="post"][data-pid]', 1],
    ['[component="topic"], [component="category"], [component="category/topic"]', 0.9],
    ['body.page-topic [data-tid], .page-category, [data-widget-area]', 0.5],
    ['script[src*="/nodebb.min.js"]', 0.9],
  ],
  posts: {
    post: '[component="post"][data-pid]',
    id: [['@data-pid', /^(\d+)$/]],
    author: [
      '@data-username',
      '[itemprop="author"] [itemprop="name"]@content',
      '[component="post/header"] a[data-username]',
      '.username',
    ],
    profile: ['[itemprop="author"] [itemprop="url"]@content', 'a[href*="/user/"]@href'],
    about: '[component="post/signature"]',
    date: ['[itemprop="datePublished"]', '.timeago', '[component="post/timestamp"]'],
    edited: ['[itemprop="dateModified"]', '[component="post/edit-indicator"]', '[component="post/editor"]'],
    body: ['[component="post/content"]'],
    quotes: 'blockquote',
    furniture: '.sr-only, .visually-hidden',
    replyTo: ['[component="post/parent"] .text-truncate, a[component="post/parent"]'],
    likes: ['[component="post/vote-count"]@data-votes', '[component="post/vote-count"]'],
    deleted: '[component="post"].deleted, .deleted[data-pid]',
    permalink: ['a.permalink', '[component="post/header"] a[href*="/post/"]', 'a[href*="/post/"]'],
    makePermalink: (id) => `/post/${id}`,
  },
  title: ['[component="topic/title"]', '[component="post/header"] h1', 'h1', 'meta[property="og:title"]'],
  addresses: {
    thread: [/\/topic\/(\d+)(?:\/|$|\?)/],
    board: [/\/category\/(\d+)(?:\/|$|\?)/],
    post: [/\/post\/(\d+)/],
  },
  firstPage: [
    [/[?#].*$/, ''],
    [/(\/topic\/\d+\/[^/]+)\/\d+$/, '$1'],
  ],
});
