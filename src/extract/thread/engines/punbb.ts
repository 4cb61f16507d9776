import { engineOf } from '../engine.ts';

/** PunBB 1.2 and 1.4, FluxBB. */
export const punbb = engineOf({
  kind: 'punbb',
  name: 'PunBB / FluxBB',
  signs: [
    ['a[href*="fluxbb.org"], a[href*="punbb.informer.com"], a[href*="punbb.ru"], a[href*="mybb.ru"]', 0.6],
    ['div.blockpost .postmsg', 0.9],
    ['.pun #brdmain, #brdheader, #pun-viewtopic, #punviewtopic, #punviewforum, #punindex', 0.8],
    ['.brd-page, #brd-wrap, #brd-main', 0.3],
    ['.blocktable #brdmain, #vf .tclcon, .blocktable .tclcon', 0.6],
  ],
  posts: {
    post: 'div.blockpost, .brd-page .post[id], #brd-main div.post, #pun-main div.post',
    id: [
      ['@id', /^p(?:ost)?(\d+)$/],
      ['a[href*="#p"]@href', /#p(\d+)$/],
    ],
    author: [
      '.postleft dt strong',
      '.postleft dt',
      '.post-byline strong',
      '.post-author .username',
      '.pa-author',
    ],
    profile: ['.postleft dt a@href', '.post-author .username a@href', '.pa-author a@href'],
    about: '.postsignature, .sig-content, .post-sig',
    date: [
      'h2 a[href*="pid="], h2 a[href*="#p"]',
      '.post-link a, .permalink',
      'h3 a.permalink, h3 .permalink',
      'h2',
      'h3',
    ],
    edited: ['.postedit', '.lastedit'],
    body: ['.postmsg:not(.postsignature)', '.entry-content', '.post-content', '.post-box'],
    quotes: '.quotebox, blockquote',
    furniture:
      '.postedit, .lastedit, .quotebox cite, .codebox > .legend, .codebox > strong, .sig-content, .post-sig, .postsignature',
    quoteAuthor: ['.quotebox cite', 'blockquote cite', '.quotebox h4, .quotebox strong'],
    likes: ['.post-rating, .post-vote'],
    permalink: ['h2 a[href*="#p"]', 'h3 a.permalink, a.permalink'],
    makePermalink: (id) => `viewtopic.php?pid=${id}#p${id}`,
  },
  title: [
    'h1.subject',
    '.crumbs li:last-child strong a',
    '.crumbs li:last-child',
    '.main-head h1, h1.main-title',
    'h1 > span:last-child',
    'h1',
  ],
  addresses: {
    thread: [/viewtopic\.php\?(?:.*[&;])?id=(\d+)/, /\/topic(?:\/|-)?(\d+)(?:\/|-|\.|$)/],
    board: [/viewforum\.php\?(?:.*[&;])?id=(\d+)/, /\/forum(?:\/|-)(\d+)(?:\/|-|\.|$)/],
    post: [/[?&;]pid=(\d+)/, /#p(\d+)$/, /\/post(\d+)/],
  },
  firstPage: [
    [/([?&])p=[^&#]*&?/g, '$1'],
    [/[?&]+$/, ''],
    [/\/page\/\d+\/?$/, '/'],
  ],
});
