import { engineOf } from '../engine.ts';

/** IP.Board 2 and 3, Invision Community 4. */
export const invision = engineOf({
  kind: 'invision',
  name: 'Invision Community / IP.Board',
  signs: [
    ['body.ipsApp, html.ipsApp', 0.9],
    ['article.ipsComment, .cPost', 0.8],
    ['#ipbwrapper, #ipboard_body, .ipb_table', 0.9],
    ['.post_block.hentry, .post_block[id^="post_id_"]', 0.8],
    ['.ipsDataItem, .cForumTopicTable, .cTopicList, [data-controller^="core.front"], .ipsData__item', 0.7],
    ['a[href*="invisioncommunity.com"], a[href*="invisionpower.com"]', 0.4],
    ['.ipbtable, .borderwrap, td.post1, .maintitle', 0.4],
    ['[data-post] .post_body, .post_header_container', 0.3],
  ],
  posts: {
    post: 'article.ipsComment, article.ipsEntry, .post_block[id^="post_id_"], .post_block.hentry, table.ipbtable:has(.postcolor[id^="post-"]), [data-post]:has(.post_body)',
    id: [
      ['@id', /^(?:elComment_|post_id_|comment-)(\d+)$/],
      ['@data-post', /^(\d+)$/],
      ['[data-commentid]@data-commentid', /^(\d+)$/],
      ['a[name^="entry"]@name', /^entry(\d+)$/],
      ['.postcolor[id^="post-"]@id', /(\d+)$/],
    ],
    author: [
      '.cAuthorPane_author a',
      '.cAuthorPane_author',
      '.ipsEntry__author a, .ipsEntry__username',
      '.ipsComment_author a[href*="/profile/"]:not(:has(img))',
      '.author.vcard .name',
      '.author.vcard',
      '.normalname a, .normalname',
      '.post_nick .dropdown > a, .post_nick a',
    ],
    profile: [
      '.author.vcard a.url@href',
      '.cAuthorPane_author a@href',
      '.post_nick a[href*="showuser"]@href',
    ],
    about: '[data-role="memberSignature"], .signature',
    date: [
      '.ipsComment_meta time',
      '.ipsEntry__date time, .ipsEntry__header time',
      'abbr.published',
      '.posted_info',
      '.postdetails:has(img)',
      '.post_date',
      '.row4 .postdetails, .postdetails',
      'time',
    ],
    edited: ['.ipsComment_meta [data-edited], strong.edited, .ipsEdited', 'p.edit', '.edit'],
    body: [
      '[data-role="commentContent"]',
      '.ipsEntry__post .ipsRichText',
      '.post.entry-content',
      '.entry-content',
      '.postcolor[id^="post-"], .postcolor',
      '.post_body',
      '.post.deleted',
    ],
    quotes: 'blockquote, .ipsQuote, p.citation, .blockquote, .quotetop, .quotemain, .post-block.quote',
    furniture:
      '[data-excludequote], p.edit, .edit, .ipsQuote_citation, p.citation, .quotetop, .spoiler_title, .ipsSpoiler_header, .ipsCode_citation, .post-edit-reason',
    quoteAuthor: [
      '@data-ipsquote-username',
      '@data-author',
      'p.citation',
      '.quotetop',
      '.ipsQuote_citation',
      '.post-block.quote > .block-title',
    ],
    quoteId: ['@data-ipsquote-contentcommentid', '@data-cid', 'a.snapback@href', '.ipsQuote_citation a@href'],
    likes: ['.ipsReact_reactCount', '.rep_bar .reputation', '[data-role="reactCount"]', '.ipsReact_blurb'],
    deleted: '.post.deleted, .post_block.deleted, .ipsComment_deleted, .ipsEntry--deleted',
    permalink: [
      'a[rel="bookmark"]',
      '.ipsComment_meta a:has(time)',
      'a.ipsComment_shareLink',
      'a[href*="findComment"]',
      'a[href*="findpost"]',
    ],
    makePermalink: (id, thread) =>
      /showtopic=/.test(thread)
        ? `${thread}&view=findpost&p=${id}`
        : `${thread.replace(/[?#].*$/, '')}?do=findComment&comment=${id}`,
  },
  title: [
    '.ipsType_pageTitle',
    'h1.ipsType_pagetitle',
    '.ipsPageHeader__title, h1.ipsTitle',
    '.maintitle',
    'h1',
  ],
  addresses: {
    thread: [/[?&;]showtopic=(\d+)/, /\/topic\/(\d+)-/, /\/topic\/(\d+)\/?$/],
    board: [/[?&;]showforum=(\d+)/, /\/forum\/(\d+)-/],
    post: [
      /findComment&(?:amp;)?comment=(\d+)/,
      /view=findpost&(?:amp;)?p=(\d+)/,
      /#(?:entry|comment-|findComment-)(\d+)/,
      /[?&;]pid=(\d+)/,
    ],
  },
  firstPage: [
    [/(showtopic=\d+).*$/, '$1'],
    [/(\/topic\/\d+[^/?#]*\/).*$/, '$1'],
  ],
  next: 'li.ipsPagination_next:not(.ipsPagination_inactive) a, .pagination li.next a, span.pagelink a[title*="лед"]',
});
