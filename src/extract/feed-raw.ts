/** A feed as a reader found it: nothing cleaned, resolved or judged yet. */
export interface RawFeed {
  title?: string | undefined;
  link?: string | undefined;
  language?: string | undefined;
  items: RawItem[];
}

export interface RawItem {
  id?: string | undefined;
  link?: string | undefined;
  title?: string | undefined;
  /** Bodies as HTML, best first: full text, content, summary. */
  bodies: (string | undefined)[];
  /** The body as plain text (JSON Feed): taken when no HTML has anything to say. */
  plain?: string | undefined;
  author?: string | undefined;
  categories: (string | undefined)[];
  /** As written; the first that can be read counts. */
  dates: (string | undefined)[];
  language?: string | undefined;
  /** `xml:base`. */
  base?: string | undefined;
}

/** Of one feed: what is beyond is not news. */
export const MAX_ITEMS = 1000;
