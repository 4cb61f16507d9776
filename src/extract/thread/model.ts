import type { CheerioAPI } from 'cheerio/slim';
import type { DateContext } from '../dates.ts';
import type { Selection } from '../page-tree.ts';

/** What three layers (structured data, engine, repeated blocks) may say of a post, and how sure the vote was, 0…1. */
export type PostField = 'id' | 'author' | 'date' | 'text' | 'permalink';

export interface PostAuthor {
  /** As the page shows it. */
  name: string;
  /** Absolute, without session id. Absent for guests. */
  profileUrl?: string;
  /** Signature and profile fields, plain text. */
  about?: string;
}

/** One post of a forum thread, one comment under an article, one message of a channel. */
export interface ThreadPost {
  /** The site's own id of the post, as it stands in permalinks and anchors; absent when the page tells none. */
  id?: string;
  /** Absolute, without session id. */
  permalink?: string;
  author?: PostAuthor;
  publishedAt?: Date;
  /** When the page says that it was edited. */
  editedAt?: Date;
  /** The author's own words: no quotation, no signature, no edit note. Plain text, paragraphs parted by `\n`. */
  text: string;
  /** With quotations. */
  fullText: string;
  /** The post that the first quotation names, or that this one answers in a tree. */
  quoteOf?: { id?: string; author?: string };
  likes?: number;
  /** A placeholder stands where the post was. */
  deleted?: true;
  links: string[];
  confidence?: Partial<Record<PostField, number>>;
}

export interface ThreadPage {
  title: string;
  /** The site's id of the thread, when the page or its address tells one. */
  id?: string;
  /** The thread's first page, without session id, as far as the page tells. */
  url: string;
  language?: string;
  posts: ThreadPost[];
  nextPage?: string;
  lastPage?: string;
  /** The kind of the engine that was recognised, or `generic`. */
  engine: string;
}

/** One line of a board's index. */
export interface BoardThread {
  /** The site's id of the thread, or its address. */
  id: string;
  /** First page. */
  url: string;
  title: string;
  replies?: number;
  lastPostAt?: Date;
  lastPostId?: string;
  /** Last page, when the index links it. */
  lastPage?: string;
}

export interface BoardPage {
  title?: string;
  threads: BoardThread[];
  /** Boards within this one, or all of them on a forum's front page. */
  boards: { url: string; title: string }[];
  nextPage?: string;
}

export interface PageTree {
  $: CheerioAPI;
  /** Address of the page. */
  url: string;
  dates: DateContext;
}

export type { Selection };

/** One forum engine: pure, over a parsed page. A file in `engines/` and a line in `engines/registry.ts`. */
export interface ForumEngine {
  kind: string;
  /** Shown to people: `XenForo 2`. */
  name: string;
  /** Does this page look like one of ours? 0 (no) to 1 (certain). */
  detect(page: PageTree): number;
  /** A page of a thread. `posts` is empty when this is none. */
  readThread(page: PageTree): Omit<ThreadPage, 'engine'>;
  /** A board's page or the forum's front page. */
  readBoard(page: PageTree): BoardPage;
}
