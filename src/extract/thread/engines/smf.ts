import { engineOf } from '../engine.ts';

/** SMF 2.0 and 2.1. */
export const smf = engineOf({
  kind: 'smf',
  name: 'SMF',
  signs: [
    ['a[href*="simplemachines.org"]', 0.7],
    ['script[src*="smf_"], script[src*="/Themes/"][src*="/scripts/"]', 0.5],
    ['#forumposts .post_wrapper, .post_wrapper .poster', 0.8],
    ['#messageindex, #boardindex_table, .board_icon', 0.6],
    ['.copyright a[title*="Simple Machines"], #footerfix', 0.5],
    ['[id^="msg_"].inner, .post .inner[id^="msg_"]', 0.5],
  ],
  posts: {
    post: '#forumposts .windowbg:has(.post_wrapper), #forumposts .windowbg2:has(.post_wrapper), .windowbg[id^="msg"], .post_wrapper',
    id: [
      ['@id', /^msg(\d+)$/],
      ['.inner[data-msgid]@data-msgid', /^(\d+)$/],
      ['.inner[id^="msg_"]@id', /^msg_(\d+)$/],
    ],
    author: ['.poster h4 a[href*="profile"]', '.poster h4 a:not(:has(img))', '.poster h4'],
    about: '.signature',
    date: [
      '.postinfo time',
      '.postinfo > a.smalltext',
      '.keyinfo .smalltext:not(.modified)',
      '.postinfo',
      '.keyinfo',
    ],
    edited: ['.modified.mvisible', '.modified em', '.modified'],
    body: ['.post .inner[id^="msg_"]', '.post .inner', '.post'],
    quotes: '.bbc_standard_quote, .bbc_alternate_quote, .quoteheader, .quotefooter, blockquote',
    furniture: '.codeheader, .codefooter, .quotefooter, .quoteheader, cite',
    quoteAuthor: ['blockquote cite', '.quoteheader'],
    quoteId: ['blockquote cite a@href', '.quoteheader a@href'],
    likes: ['.like_count'],
    deleted: '.ignored_post',
    permalink: ['.subject_title a', '.keyinfo h5 a', '.postinfo > a.smalltext', '.keyinfo a[href*="msg"]'],
  },
  title: ['#top_subject', '.display_title', '.catbg h3, #forumposts .cat_bar .catbg'],
  addresses: {
    thread: [/[?&;]topic=(\d+)/, /\/topic,(\d+)/],
    board: [/[?&;]board=(\d+)/, /\/board,(\d+)/],
    post: [/[?&;]topic=\d+\.msg(\d+)/, /[?&;]msg=(\d+)/, /#msg(\d+)$/],
  },
  firstPage: [
    [/(topic[=,]\d+)\.[\w.]*/, '$1.0'],
    [/;.*$/, ''],
  ],
});
