import type { ThreadPost } from '../thread/model.ts';

/** A feed that a page names. */
export interface PageFeed {
  url: string;
  title?: string;
  /** `application/rss+xml` */
  type: string;
}

/** One page read as an article. Addresses are absolute, texts plain with paragraphs parted by `\n`. */
export interface Article {
  /** Empty when the page has none. */
  title: string;
  /** Several names are parted by commas. */
  author?: string;
  /** The author's account, where the platform tells it beside the name. */
  account?: string;
  /** First publication. */
  publishedAt?: Date;
  /** The day of publication in the page's own zone, `2024-05-12`: what a reader of the page sees. */
  publishedDay?: string;
  modifiedAt?: Date;
  text: string;
  /** As the page declares it: `ru`, `en-GB`. */
  language?: string;
  /** Within the article, each once. */
  links: string[];
  /** Within the article, the one for previews first. */
  images: string[];
  siteName?: string;
  canonicalUrl?: string;
  ampUrl?: string;
  feeds: PageFeed[];
  /** The readers' comments that stand on the page itself. */
  comments: ThreadPost[];
  /** How sure it is that the page is one article rather than a list, a front page or a shop: 0…1. */
  isArticle: number;
}
