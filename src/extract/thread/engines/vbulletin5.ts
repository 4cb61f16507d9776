import { engineOf } from '../engine.ts';

export const vbulletin5 = engineOf({
  kind: 'vbulletin5',
  name: 'vBulletin 5',
  signs: [
    ['meta[name="generator"][content*="vBulletin 5"], meta[name="generator"][content*="vBulletin 6"]', 1],
    ['.b-post[data-node-id], li.b-post', 0.9],
    ['.b-post__content, .js-post__content-text', 0.6],
    ['tr.topic-item, .js-topic-item, .forum-list-container .forum-item', 0.7],
    ['body[data-baseurl], #vb-page-body', 0.4],
  ],
  posts: {
    post: 'li.b-post[data-node-id], .b-post[data-node-id], div.b-comment-entry[data-node-id]',
    id: [
      ['@data-node-id', /^(\d+)$/],
      ['@id', /(\d+)$/],
    ],
    author: [
      '.b-userinfo .author [itemprop="name"]',
      '.author a',
      '.b-userinfo__details .author',
      '[itemprop="author"] [itemprop="name"]',
    ],
    profile: ['.b-userinfo .author a@href', '.author a@href'],
    about: '.post-signature',
    date: ['.b-post__timestamp time', 'time[itemprop="dateCreated"]', '.b-post__timestamp', 'time'],
    edited: ['.b-post__edit-by, .post__edit-by, .h-post-edit'],
    body: [
      '.js-post__content-text',
      '.b-post__content [itemprop="text"]',
      '.b-comment-entry__text',
      '.b-post__content',
    ],
    quotes: '.bbcode_quote, .bbcode_container:has(.bbcode_quote)',
    furniture: '.bbcode_description, .post-signature, .b-post__edit-by, h2.b-post__title',
    quoteAuthor: ['.bbcode_postedby strong'],
    likes: ['.js-post-control__vote-count', '.votecount'],
    deleted: '.b-post--deleted, .b-post__deleted',
    permalink: ['a.b-post__count', 'a.js-show-post-link'],
    makePermalink: (id, thread) => `${thread}?p=${id}#post${id}`,
  },
  title: ['.main-title', 'h1.main-title', 'h1'],
  addresses: {
    thread: [/\/forum\/(?:[\w%-]+\/)+(\d+)-[^/?#]+(?:\/page\d+)?(?:$|[?#])/],
    board: [/\/forum\/((?:[\w%-]+\/)*[a-z][\w%-]*)(?:\/page\d+)?\/?$/],
    post: [/[?&;]p=(\d+)/, /#post(\d+)$/],
  },
  firstPage: [
    [/[?#].*$/, ''],
    [/\/page\d+$/, ''],
  ],
});
