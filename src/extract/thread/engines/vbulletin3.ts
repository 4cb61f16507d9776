import { engineOf } from '../engine.ts';

/** vBulletin 3: nested tables; captions of quotations have no class of their own. */
export const vbulletin3 = engineOf({
  kind: 'vbulletin3',
  name: 'vBulletin 3',
  signs: [
    ['meta[name="generator"][content*="vBulletin 3"]', 1],
    ['[id^="td_post_"], td[id^="td_post_"]', 0.7],
    ['div[id^="post_message_"]', 0.4],
    ['[id^="postmenu_"], a.bigusername', 0.6],
    ['td[id^="td_threadtitle_"], a[id^="thread_title_"], #threadslist', 0.8],
    ['script[src*="vbulletin_global"], script[src*="clientscript/vbulletin"]', 0.4],
  ],
  posts: {
    post: 'table[id^="post"]:not([id*="_"]), div[id^="edit"]:has([id^="post_message_"]), .tpost[id^="post"]',
    id: [
      ['@id', /^(?:post|edit)(\d+)$/],
      ['[id^="post_message_"]@id', /(\d+)$/],
    ],
    author: [
      '.bigusername',
      '[id^="postmenu_"] > a',
      '[id^="postmenu_"]',
      '.username',
      '.smallfont a[href*="member.php"]',
    ],
    about: '[id^="post_message_"] ~ div',
    aboutLead: /^_{5,}\s*/,
    date: [
      'td.thead .normal:has(a[name^="post"])',
      'td.thead:has(a[name^="post"])',
      '.thead',
      '.post-date, .postdate, time',
    ],
    edited: ['.smallfont em', 'em', '.edited'],
    body: ['[id^="post_message_"]'],
    quotes:
      '[id^="post_message_"] div:has(> table td.alt2), [id^="post_message_"] div:has(> .smallfont):has(> table), .quote, blockquote, .bbcode_quote',
    furniture: '.smallfont:has(+ pre), .smallfont:has(input)',
    quoteAuthor: ['td.alt2 > div:first-child > strong', 'td.alt2 strong', '.bbcode_postedby strong'],
    quoteId: ['td.alt2 a[href*="#post"]@href'],
    deleted: 'td.alt1 .smallfont + em',
    permalink: ['a[id^="postcount"][href*="showthread"]', 'a[name^="post"][href]'],
    makePermalink: (id) => `./showthread.php?p=${id}#post${id}`,
  },
  title: ['td.navbar strong', '.navbar strong', 'h1', '.threadtitle'],
  addresses: {
    thread: [/showthread\.php\?(?:.*[&;])?t=(\d+)/, /showthread\.php\?(\d+)/, /\/(?:t)?(\d+)-[^/]*?\.html$/],
    board: [/forumdisplay\.php\?(?:.*[&;])?f=(\d+)/, /forumdisplay\.php\?(\d+)/, /-f(\d+)\/?$/],
    post: [/showthread\.php\?(?:.*[&;])?p=(\d+)/, /#post(\d+)$/],
  },
  firstPage: [
    [/([?&])(?:page|pp|p|goto|highlight)=[^&#]*&?/g, '$1'],
    [/[?&]+$/, ''],
    [/(\/\d+-.*?)-\d+(?=\.html$)/, '$1'],
  ],
});
