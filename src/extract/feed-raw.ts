/** A piece of HTML as written, and the address that its links start from (`xml:base` of its element). */
export interface RawHtml {
  html: string;
  base?: string | undefined;
}

export interface FeedPerson {
  name?: string;
  email?: string;
  /** Absolute. */
  url?: string;
}

export interface FeedEnclosure {
  /** Absolute. */
  url: string;
  /** Media type as written. */
  type?: string;
  /** Bytes, as the feed claims. */
  length?: number;
}

/** Addresses as written, beside the base that they start from. */
export interface RawLink {
  href: string | undefined;
  base?: string | undefined;
}

export interface RawPerson {
  name?: string | undefined;
  email?: string | undefined;
  url?: RawLink | undefined;
}

export interface RawEnclosure {
  url: RawLink;
  type?: string | undefined;
  length?: string | undefined;
}

/** A feed as a reader found it: nothing cleaned, resolved or judged yet. Of a list the first that is usable counts. */
export interface RawFeed {
  title?: RawHtml | undefined;
  description?: RawHtml | undefined;
  rights?: RawHtml | undefined;
  link?: RawLink | undefined;
  id?: string | undefined;
  language?: string | undefined;
  images: RawLink[];
  dates: (string | undefined)[];
  categories: (string | undefined)[];
  authors: RawPerson[];
  self?: RawLink | undefined;
  hub?: RawLink | undefined;
  /** How long nothing new is to be expected, in ms. */
  updateEveryMs?: number | undefined;
  skipHours?: number[] | undefined;
  items: RawItem[];
}

export interface RawItem {
  id?: string | undefined;
  link?: RawLink | undefined;
  /** The first that says something. */
  titles: RawHtml[];
  /** Bodies as HTML, best first: full text, content, summary. */
  bodies: RawHtml[];
  /** The body as plain text (JSON Feed): taken when no HTML has anything to say. */
  plain?: string | undefined;
  authors: RawPerson[];
  categories: (string | undefined)[];
  /** As written; the first that can be read counts. */
  published: (string | undefined)[];
  updated: (string | undefined)[];
  enclosures: RawEnclosure[];
  images: RawLink[];
  comments?: RawLink | undefined;
  commentsFeed?: RawLink | undefined;
  commentCount?: string | undefined;
  language?: string | undefined;
}

/** Of one feed: what is beyond is not news. */
export const MAX_ITEMS = 1000;
