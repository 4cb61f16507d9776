import { engineOf } from '../engine.ts';

export const mybb = engineOf({
  kind: 'mybb',
  name: 'MyBB',
  signs: [
    ['a[href*="mybb.com"]', 0.6],
    ['div.post[id^="post_"] .post_body, .post_body[id^="pid_"]', 0.9],
    ['#posts_container, #posts > .post', 0.5],
    ['script[src*="jscripts/general.js"], link[href*="cache/themes/theme"]', 0.7],
    ['span[id^="tid_"].subject_new, span[id^="tid_"].subject_old, .forumdisplay_regular', 0.8],
    ['.author_information .largetext', 0.6],
  ],
  posts: {
    post: 'div.post[id^="post_"], table.tborder[id^="post_"]',
    id: [
      ['@id', /^post_(\d+)$/],
      ['.post_body[id^="pid_"]@id', /(\d+)$/],
    ],
    author: [
      '.author_information .largetext',
      '.post_author .largetext',
      '.post_author strong a',
      '.post_author strong',
    ],
    profile: ['.author_information .largetext a@href', '.post_author strong a@href'],
    about: '.signature',
    date: ['.post_date', '.post_head time', '.smalltext'],
    edited: ['.edited_post', '.post_edit'],
    body: ['.post_body[id^="pid_"]', '.post_body'],
    quotes: 'blockquote.mycode_quote, .post_body > blockquote, .quote_body, .quote_header, blockquote',
    furniture: 'blockquote > cite, .codeblock > .title, .quote_header, .edited_post',
    quoteAuthor: ['blockquote > cite', '.quote_header'],
    quoteId: ['blockquote > cite a@href'],
    likes: ['[id^="tyl_"] .tyl_count, .post_rep, .like_count'],
    deleted: '.deleted_post_hidden, .deleted_post',
    permalink: ['.post_head a[href*="pid"]', '.float_right a[href*="pid"]'],
    makePermalink: (id) => `showthread.php?pid=${id}#pid${id}`,
  },
  title: ['.thead strong', '#posts_container .thead', 'td.thead', 'h1'],
  addresses: {
    thread: [
      /\/thread-(\d+)(?:-page-\d+|-post-\d+|-lastpost|-newpost)?\.html/,
      /showthread\.php\?(?:.*[&;])?tid=(\d+)/,
    ],
    board: [/\/forum-(\d+)(?:-page-\d+)?\.html/, /forumdisplay\.php\?(?:.*[&;])?fid=(\d+)/],
    post: [/-post-(\d+)\.html/, /[?&;]pid=(\d+)/, /#pid(\d+)$/],
  },
  firstPage: [
    [/(thread-\d+)-(?:page|post)-\d+/, '$1'],
    [/([?&])(?:page|pid|action)=[^&#]*&?/g, '$1'],
    [/[?&]+$/, ''],
  ],
  next: 'a.pagination_next',
});
