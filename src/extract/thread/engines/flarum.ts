import { engineOf } from '../engine.ts';

/** Flarum: what it keeps for crawlers in `noscript`. It tells neither ids nor dates there; other layers may. */
export const flarum = engineOf({
  kind: 'flarum',
  name: 'Flarum',
  signs: [
    ['#flarum-content', 1],
    ['#flarum-loading, #flarum-json-payload', 0.9],
    ['.PostStream, .CommentPost, .DiscussionList', 0.7],
  ],
  posts: {
    post: '#flarum-content article, #flarum-content div.container > div > div:has(> .PostUser), .PostStream-item:has(.Post-body)',
    id: [
      ['@data-id', /^(\d+)$/],
      ['@data-number', /^(\d+)$/],
    ],
    author: ['.PostUser-name .username', '.PostUser-name', '.PostUser h3', '.PostUser'],
    profile: ['.PostUser-name a@href', '.PostUser a@href'],
    date: ['.PostMeta time', 'time', '.Post-header time'],
    edited: ['.PostEdited'],
    body: ['.Post-body'],
    quotes: 'blockquote',
    quoteAuthor: ['blockquote .PostMention, .Post-body .PostMention'],
    replyTo: ['.Post-body p:first-child .PostMention'],
    likes: ['.Post-likedBy'],
    deleted: '.Post--hidden',
    makePermalink: (id, thread) => `${thread.replace(/\/?$/, '/')}${id}`,
  },
  title: ['#flarum-content h1', '.DiscussionHero-title', 'h1'],
  addresses: {
    thread: [/\/d\/(\d+)(?:-|\/|$|\?)/],
    board: [/\/t\/([\w%-]+)\/?$/],
    post: [/\/d\/\d+[^/?#]*\/(\d+)/],
  },
  firstPage: [
    [/[?#].*$/, ''],
    [/(\/d\/[^/]+)\/\d+$/, '$1'],
  ],
  next: '#flarum-content a[href*="page="]:last-of-type',
});
