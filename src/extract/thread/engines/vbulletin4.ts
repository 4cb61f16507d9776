import { engineOf } from '../engine.ts';

export const vbulletin4 = engineOf({
  kind: 'vbulletin4',
  name: 'vBulletin 4',
  signs: [
    ['meta[name="generator"][content*="vBulletin 4"]', 1],
    ['li.postbitlegacy, li.postbit, li.postcontainer, li.postbitdeleted', 0.8],
    ['ol#posts.posts, #postlist', 0.4],
    ['li.threadbit, #threadlist .threads, .forumbit_post, li.forumbit_nopost', 0.8],
    ['blockquote.postcontent', 0.6],
  ],
  posts: {
    post: 'li[id^="post_"].postcontainer, li[id^="post_"].postbitlegacy, li[id^="post_"].postbit, li[id^="post_"].postbitdeleted',
    id: [['@id', /^post_(\d+)$/]],
    author: ['.userinfo .username', '.username', '.userinfo .username_container strong', '.guest'],
    about: '.signaturecontainer',
    date: ['.postdate', '.date', 'time'],
    edited: ['.lastedited'],
    body: ['[id^="post_message_"] .postcontent', '[id^="post_message_"]', '.postcontent:not(.lastedited)'],
    quotes: '.bbcode_quote, .bbcode_container:has(.bbcode_quote)',
    furniture: '.bbcode_description, .lastedited',
    quoteAuthor: ['.bbcode_postedby strong'],
    likes: ['.postlike .likecount, .vbseo_liked'],
    deleted: 'li.postbitdeleted, li.postbitignored',
    permalink: ['a.postcounter'],
    makePermalink: (id, thread) => `${thread}${thread.includes('?') ? '&' : '?'}p=${id}#post${id}`,
  },
  title: ['.threadtitle', '#pagetitle h1', 'h1'],
  addresses: {
    thread: [
      /\/threads\/(\d+)(?:-|\/|$|\?)/,
      /showthread\.php\?(?:.*[&;])?t=(\d+)/,
      /showthread\.php[?/](\d+)/,
    ],
    board: [
      /\/forums\/(\d+)(?:-|\/|$|\?)/,
      /forumdisplay\.php\?(?:.*[&;])?f=(\d+)/,
      /forumdisplay\.php[?/](\d+)/,
    ],
    post: [/[?&;]p=(\d+)/, /#post(\d+)$/],
  },
  firstPage: [
    [/([?&])(?:page|pp|p|goto|s)=[^&#]*&?/g, '$1'],
    [/[?&]+$/, ''],
    [/\/page\d+$/, ''],
  ],
});
