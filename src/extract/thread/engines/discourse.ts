import { engineOf } from '../engine.ts';

/** Discourse as crawlers get it: a page without scripts, or the same within `noscript`. */
export const discourse = engineOf({
  kind: 'discourse',
  name: 'Discourse',
  signs: [
    ['meta[name="generator"][content^="Discourse"]', 1],
    ['.crawler-post', 0.9],
    ['body.crawler, noscript[data-path="crawler"], .crawler-nav', 0.6],
    ['meta[name="discourse_theme_id"], meta[name="discourse-base-uri"], #data-discourse-setup', 0.9],
    ['.topic-list .topic-list-item .raw-topic-link, .link-top-line', 0.5],
  ],
  posts: {
    post: '.crawler-post[id^="post_"], .topic-body.crawler-post:has(.post)',
    id: [['@id', /^post_(\d+)$/]],
    author: ['.creator [itemprop="name"]', '.creator a', '.creator'],
    profile: ['.creator a@href'],
    date: ['time.post-time', '.crawler-post-infos time', '[itemprop="datePublished"]'],
    edited: ['[itemprop="dateModified"]'],
    body: ['.post[itemprop="text"]', '.post'],
    // A plain blockquote is Markdown's `>`: an emphasis or a document's words, seldom another member's.
    quotes: 'aside.quote',
    furniture: 'aside.quote > .title, aside.onebox, .lightbox-wrapper .meta, .onebox-metadata',
    quoteAuthor: ['@data-username'],
    quoteId: ['@data-post'],
    likes: ['.post-likes', '[itemprop="userInteractionCount"]@content'],
    deleted: '.post.deleted, .crawler-post.deleted',
    makePermalink: (id, thread) => `${thread.replace(/\/?$/, '/')}${id}`,
  },
  title: ['#topic-title h1', 'meta[itemprop="headline"]', 'meta[property="og:title"]', 'h1'],
  addresses: {
    thread: [/\/t\/(?:[^/?#]+\/)?(\d+)(?:[/?#]|$)/],
    board: [/\/c\/(?:[^/?#]+\/)+?(\d+)(?:[/?#]|$)/],
    post: [/\/t\/[^/?#]+\/\d+\/(\d+)/],
  },
  firstPage: [
    [/[?#].*$/, ''],
    [/(\/t\/[^/]+\/\d+)\/\d+$/, '$1'],
  ],
  next: '[role="navigation"] a[rel="next"], a[rel="next"]',
});
