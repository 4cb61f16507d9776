/**
 * Words in class names and ids that say what a block is for, when that is not the article. Whole words only;
 * `a-b` stands for the words next to each other.
 */
const WORDS =
  'related|related-posts|relatedposts|related-articles|recommended|recommendations|recommend|recirc|recirculation|' +
  'share|sharing|sharer|sharebar|share-bar|sharethis|sharedaddy|addtoany|addthis|social|socials|social-links|' +
  'newsletter|newsletters|subscribe|subscription|signup|sign-up|mailchimp|optin|opt-in|' +
  'promo|promos|promoted|promotion|advert|adverts|advertisement|advertising|ads|ad|adsense|adsbygoogle|ad-slot|' +
  'sponsor|sponsored|outbrain|taboola|cookie|cookies|cookie-banner|consent|gdpr|' +
  'breadcrumb|breadcrumbs|nav|navbar|navigation|menu|submenu|sidebar|side-bar|widget-area|footer|site-footer|' +
  'popup|pop-up|modal|overlay|tags|tag-list|taglist|tag-cloud|tagcloud|' +
  'author-bio|authorbio|author-box|authorbox|author-info|about-author|about-the-author|bio|byline|' +
  'entry-meta|post-meta|article-meta|entry-utility|entry-footer|post-footer|post-info|postmeta|postmetadata|' +
  'toc|table-of-contents|pagination|pager|paginator|post-navigation|nav-links|prev-next|next-prev|' +
  'caption|captions|credit|credits|photo-credit|copyright|print-only|skip-link|skip|' +
  'login|log-in|signin|sign-in|paywall|toolbar|rating|ratings|votes|feedback|' +
  'more-from|more-stories|see-also|also-read|read-next|readnext|up-next|trending|popular|' +
  'most-read|most-popular|latest-news|latest-posts|recent-posts|teasers|jp-relatedposts|' +
  'screen-reader-text|sr-only|visually-hidden|visuallyhidden|' +
  'donate|donation|affiliate|disclaimer|disclosure|poll|quiz|survey|search-form|searchform|banner|masthead|cta|call-to-action';

const COMMENT_WORDS =
  'comments|comments-area|comment-list|commentlist|comment-form|comment-respond|disqus|disqus-thread|livefyre|fb-comments';

function wholeWords(words: string): RegExp {
  return new RegExp(`(?:^|[\\s_-])(?:${words.replaceAll('-', '[_-]?')})(?=$|[\\s_-])`);
}

const PATTERN = wholeWords(WORDS);
const COMMENTS = wholeWords(COMMENT_WORDS);
/** Words that say where a block stands or what a post is about, not what it is: `has-sidebar`, `tag-social`, `no-ads`. */
const BESIDE =
  /(?:^|\s)(?:has|no|with|without|is|tag|category|cat|post-tag|js|wp-block-group|lg|md|sm)[_-]\S*/g;

/** A post of another network that the article quotes. */
const EMBED = /(?:^|[\s_-])(?:embed|embedded|oembed|tweet)(?=$|[\s_-])/;

function spell(name: string): string {
  return name
    .slice(0, 500)
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(BESIDE, ' ');
}

/** Does a class name or id mark the readers' comments? They may be longer than the article. */
export function isCommentsName(name: string): boolean {
  return name !== '' && COMMENTS.test(spell(name));
}

/** Does a class name or id mark something beside the article: navigation, sharing, comments, advertising, related items? */
export function isBoilerplateName(name: string): boolean {
  if (name === '') return false;
  const plain = spell(name);
  return PATTERN.test(plain) && !EMBED.test(plain);
}
