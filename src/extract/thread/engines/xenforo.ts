import { engineOf } from '../engine.ts';

/** XenForo 1 and 2, and the "MessageCard" theme of large English boards. */
export const xenforo = engineOf({
  kind: 'xenforo',
  name: 'XenForo',
  signs: [
    ['html#XF, html#XenForo, html[data-xf], body#XF', 0.9],
    ['article.message--post, .message--post.js-post', 0.9],
    ['.js-post .bbWrapper, li.message .messageContent, .MessageCard.js-post', 0.8],
    ['.structItem--thread, .discussionListItem, .node--forum, li.node.forum', 0.8],
    ['.p-body, .p-title-value', 0.5],
    ['#XenForoUniq, #QuickSearchPlaceholder, .xenForm', 0.4],
  ],
  posts: {
    post: '.message--post, .js-post[id^="js-post-"], li.message[id^="post-"], .message--deleted',
    id: [
      ['@data-content', /^post-(\d+)$/],
      ['@id', /^(?:js-)?post-(\d+)$/],
    ],
    author: [
      '@data-author',
      '.message-name .username',
      '.message-name',
      '.MessageCard__user-info__name',
      '.messageUserInfo .username',
      '.username',
    ],
    profile: [
      '.message-name a@href',
      '.MessageCard__user-info__name@href',
      '.messageUserInfo a.username@href',
      'a.username@href',
    ],
    about: '.message-signature, .signature',
    date: [
      '.message-attribution-main time',
      '.message-attribution time',
      '.MessageCard__date-created',
      '.privateControls .DateTime',
      '.messageMeta .DateTime',
      'header time',
      '.DateTime',
      'time',
    ],
    edited: ['.message-lastEdit', '.editDate', '.MessageCard__edited'],
    body: [
      '.message-body .bbWrapper',
      '.message-userContent .bbWrapper',
      '.js-post__content .bbWrapper',
      'blockquote.messageText',
      '.bbWrapper',
      '.message-body',
    ],
    quotes: '.bbCodeBlock--quote, .bbCodeQuote, blockquote.quote',
    furniture:
      '.bbCodeBlock-expandLink, .bbCodeBlock--unfurl, .quoteExpand, .messageTextEndMarker, .js-selectToQuoteEnd, .bbCodeSpoiler-button, .bbCodeBlock-title, .attribution, .bbCodeBlock-sourceJump, .js-unfurl-favicon, .adContainer, ins',
    quoteAuthor: ['@data-quote', '@data-author', '.bbCodeBlock-title', '.attribution'],
    quoteId: ['@data-source', '.bbCodeBlock-sourceJump@href'],
    likes: ['.LikeText', '.reactionsBar-link', '.reaction-score'],
    deleted: '.message--deleted, li.message.deleted, .messageNotice--deleted',
    permalink: [
      '.message-attribution-main a[href*="post-"]',
      '.message-attribution a[href*="post-"]',
      'a[href*="/post-"]:has(time)',
      'a.datePermalink',
      'a.hashPermalink',
    ],
    makePermalink: (id, thread) => `${thread.replace(/\/?$/, '/')}post-${id}`,
  },
  title: ['.p-title-value', '.MessageCard__thread-title', '.titleBar h1', 'h1'],
  addresses: {
    thread: [/\/threads\/(?:[^/?#]*\.)?(\d+)(?:\/|$|\?)/, /[?&]threads\/(?:[^/?#]*\.)?(\d+)/],
    board: [/\/forums\/(?:[^/?#]*\.)?(\d+)(?:\/|$|\?)/, /[?&]forums\/(?:[^/?#]*\.)?(\d+)/],
    post: [/\/post-(\d+)/, /\/posts\/(\d+)/, /#post-(\d+)/],
  },
  firstPage: [
    [/(\/threads\/[^/?#]+\/).*$/, '$1'],
    [/\/(?:page-\d+|post-\d+|latest|unread)$/, '/'],
  ],
  next: 'a.pageNav-jump--next, .PageNav a.text:last-of-type[href*="page-"]',
});
