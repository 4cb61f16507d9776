/** How blogs mark up their comments. A shape applies when its `item` is found; the first that finds most wins. */
export interface CommentShape {
  item: string;
  author: string;
  date: string;
  text: string;
  /** Of which site or kind: shown in tests only. */
  name: string;
}

const ANY_DATE =
  'time, abbr.published, .comment-date, .comment-time, .comment_date, .comment_time, .date, .time, [class*=date], [class*=time]';

export const COMMENT_SHAPES: readonly CommentShape[] = [
  {
    name: 'schema.org',
    item: '[itemtype*="schema.org/Comment"], [itemtype*="schema.org/UserComments"], [itemprop~=comment]',
    author:
      '[itemprop~=author] [itemprop~=name], [itemprop~=author], [itemprop~=creator] [itemprop~=name], [itemprop~=creator]',
    date: '[itemprop~=datePublished], [itemprop~=dateCreated], [itemprop~=commentTime], time',
    text: '[itemprop~=text], [itemprop~=commentText], [itemprop~=description]',
  },
  {
    name: 'h-entry',
    item: '.h-cite.p-comment, .u-comment, .h-entry .h-cite',
    author: '.p-author .p-name, .p-author',
    date: '.dt-published, time',
    text: '.p-content, .e-content, .p-name',
  },
  {
    name: 'WordPress',
    item: 'li.comment, li.pingback, div.comment[id^=comment-], article.comment, ol.commentlist > li, .commentlist > .comment, .comment-list > .comment, .comment-list > li',
    author:
      '.comment-author .fn, .comment-author cite, .comment-author-name, .comment-author, cite.fn, .fn, cite, .comment-meta .author',
    date: '.comment-metadata time, .comment-meta time, time, .comment-metadata a, .commentmetadata a, .comment-meta a, .comment-date',
    text: '.comment-content, .comment-text, .comment-body > .text, .comment_text, .comment-entry, .commenttext, .comment-body',
  },
  {
    name: 'LiveJournal',
    item: '.b-leaf, .comment-wrap, .ljcmt_full, div[id^=ljcmt], .b-tree-twig',
    author: '.b-leaf-username .i-ljuser-username, .i-ljuser-username, .ljuser b, .ljuser, .b-leaf-username',
    date: '.b-leaf-createdtime, .comment-datetime, .b-leaf-date, time',
    text: '.b-leaf-article, .comment-text, .comment-body',
  },
  {
    name: 'Disqus',
    item: 'li.post[id^=post-], .post-content[data-post-id], .dsq-comment',
    author: '.author a, .author, .publisher-anchor-color, .dsq-commenter-name, .dsq-comment-header cite',
    date: '.time-ago, .post-meta a, .dsq-comment-header-time, time',
    text: '.post-message, .dsq-comment-text, .dsq-comment-message',
  },
  {
    name: 'Habr',
    item: '.tm-comment-thread__comment, .comment__body, .tm-comment',
    author: '.tm-user-info__username, .user-info__nickname',
    date: 'time, .comment__date-time',
    text: '.tm-comment__body-content, .comment__message, .tm-comment__body',
  },
  {
    name: 'Blogger',
    item: '.comment-thread li.comment, #comments dl > dt, .comment-block',
    author: '.user, .comment-header .user, a[rel=nofollow]',
    date: '.datetime, .comment-timestamp',
    text: '.comment-content, .comment-body',
  },
  {
    name: 'generic',
    item: '.comment, .comments-item, .comment-item, .comment_item, .comments__item, .comment-box, .media.comment, [id^=comment-], [id^=comment_], [class*=comment-item], [class*=commentItem], [class*=CommentItem], [class*=comment__item], [data-comment-id]',
    author:
      '.comment-author, .comment__author, .comment_author, .author, .username, .user-name, .user, .nick, .name, [class*=author], [class*=Author], [class*=user], [class*=nick], [class*=name], cite, b, strong',
    date: ANY_DATE,
    text: '.comment-text, .comment__text, .comment_text, .comment-content, .comment__content, .comment-body, .comment__body, .comment_body, .comment-message, .text, .content, .message, .body, [class*=text], [class*=content], [class*=body], [class*=message], p',
  },
];

/** What stands where a comment was. */
export const DELETED =
  /^\W*(?:\[?(?:deleted|removed|comment (?:was |has been )?(?:deleted|removed)(?: by .{1,40})?|this comment (?:was|has been) (?:deleted|removed).{0,60}|this (?:user's )?comment (?:is|was) (?:hidden|removed|deleted).{0,40}|deleted (?:comment|user)|комментарий (?:был )?(?:удал[её]н|скрыт)(?: .{1,60})?|сообщение (?:было )?удалено(?: .{1,40})?|удал[её]нный комментарий|(?:комментарий )?удал[её]но? (?:автором|модератором|администратором|пользователем)|нло прилетело .{0,80})\]?)\W*$/i;
