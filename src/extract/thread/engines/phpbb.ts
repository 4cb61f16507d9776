import { engineOf } from '../engine.ts';

/** phpBB 3 (prosilver and its descendants), subsilver2, and the addresses that SEO extensions make. */
export const phpbb = engineOf({
  kind: 'phpbb',
  name: 'phpBB',
  signs: [
    ['body#phpbb, #phpbb', 0.9],
    ['a[href*="phpbb.com"], a[href*="phpbb.ru"], a[href*="bb3x.ru"]', 0.6],
    ['dl.postprofile, div.postprofile', 0.8],
    ['.section-viewtopic, .section-viewforum, .section-index.ltr', 0.8],
    ['h2.topic-title a, .topiclist .row, ul.topiclist', 0.6],
    ['a[href*="viewtopic.php?"][href*="#p"]', 0.3],
    ['td.profile + td, td.postbody, span.postbody, .postdetails, span.postauthor, b.postauthor', 0.2],
    ['link[href*="/styles/prosilver/"], link[href*="style.php?id="]', 0.8],
  ],
  posts: {
    post: 'div.post[id^="p"], table.tablebg:has(a[name^="p"]):has(.postbody), div.post-container[id^="p"]',
    id: [
      ['@id', /^p(\d+)$/],
      ['a[name^="p"]@name', /^p(\d+)$/],
      ['a[href*="#p"]@href', /#p(\d+)$/],
    ],
    author: [
      '.postprofile .username, .postprofile .username-coloured',
      '.author .username, .author .username-coloured',
      '.postprofile dt a[href*="viewprofile"]',
      '.author strong a',
      '.author strong',
      '.postauthor',
      '.postprofile dt > a:not(:has(img))',
      '.postprofile dt > strong',
    ],
    about: '.postprofile .profile-custom-field, .signature',
    date: [
      '.author time',
      '.author',
      '.postbody time',
      'td.gensmall:has(b), .postdetails, .post-date',
      'td.row1 .gensmall',
    ],
    edited: ['.notice', '.edited, .post-edit'],
    body: ['.content', '.postbody .postbody', 'div.postbody', 'span.postbody', '.post-text, .post-content'],
    quotes: 'blockquote, .quotetitle, .quotewrapper, .quotecontent',
    furniture:
      '.codebox > p, dl.codebox > dt, .codetitle, .signature, .notice, .attachbox, .inline-attachment, .quotetitle, cite, .rules, .post-buttons',
    quoteAuthor: ['blockquote cite', '.quotetitle'],
    likes: ['[id^="list_thanks"]', '.post-likes, .post_thanks_count'],
    deleted: '.ignore[id^="post_hidden"], .post-deleted, .deletedpost',
    permalink: ['.author a[href*="#p"]', 'h3 a[href*="viewtopic"]', 'a[href*="#p"]:has(img)'],
    makePermalink: (id) => `./viewtopic.php?p=${id}#p${id}`,
  },
  title: [
    'h2.topic-title',
    'h2.topictitle',
    'a.titles',
    '#page-body h2',
    'h2:has(a[href*="viewtopic"])',
    'h1',
  ],
  addresses: {
    thread: [
      /viewtopic\.php\?(?:.*[&;])?t=(\d+)/,
      /(?:-|\/)t(\d+)(?:-\d+)?(?:\.html|\/|$|-s?\d+)/,
      /\/topic(\d+)(?:-\d+)?\.html/,
    ],
    board: [
      /viewforum\.php\?(?:.*[&;])?f=(\d+)/,
      /(?:-|\/)f(\d+)(?:-\d+)?(?:\.html|\/|$)/,
      /\/forum(\d+)(?:-\d+)?\.html/,
    ],
    post: [/viewtopic\.php\?(?:.*[&;])?p=(\d+)/, /\/post(\d+)\.html/, /#p(\d+)$/],
  },
  firstPage: [
    [/([?&])(?:start|f|view|sd|sk|st|p)=[^&#]*&?/g, '$1'],
    [/[?&]+$/, ''],
    [/(-t\d+)-(?:s?\d+)(?=\.html|$)/, '$1'],
    [/(\/topic\d+)-\d+(?=\.html)/, '$1'],
  ],
  next: '.pagination .next a, .pagination a.right-box',
});
