import type { AuthorId, DocumentId, SourceId, ThreadId } from './ids.ts';

export type DocumentKind = 'article' | 'post' | 'comment';

/** The public handle that wrote a document, as a crawler saw it. `handle` is unique within `site`. */
export interface FoundAuthor {
  /** Registrable host or platform, e.g. `forum.example.ru`. */
  site: string;
  handle: string;
  name?: string;
  profileUrl?: string;
  /** What the profile or signature says: identifiers in it are claimed by the author. */
  about?: string;
}

/** What a platform says of a post besides its words, when it was found. Absent: not said. */
export interface DocumentSigns {
  hasImage?: boolean;
  /** Another's post, passed on. */
  isRepost?: boolean;
  /** How often it was seen. */
  reach?: number;
  /** Of its author. */
  followers?: number;
}

/** What a crawler yields: one post, comment or article, already decoded and cleaned of markup. */
export interface FoundDocument {
  /** Stable within the source: a feed's guid, a forum's post number, else the canonical address. */
  externalId: string;
  url: string;
  kind: DocumentKind;
  title?: string;
  /** The author's own words: no quotations, no signature. Plain text, paragraphs parted by `\n`. */
  text: string;
  /** The whole as shown, when it differs from `text` (quotations included). Plain text. */
  fullText?: string;
  author?: FoundAuthor;
  /** What the page shows in place of an author's name, when many people share it: "Guest". */
  guestName?: string;
  /** The discussion the document belongs to. */
  thread?: { externalId: string; title: string; url: string };
  /** External id of the document that this one answers. */
  parentExternalId?: string;
  /** Absent when the page states no date; never in the future. */
  publishedAt?: Date;
  /** BCP 47 code as the page declares it: a hint, not a verdict. */
  declaredLanguage?: string;
  links?: string[];
  signs?: DocumentSigns;
  /** How sure the reading of a field is, 0…1, where several readings were weighed against one another. */
  confidence?: Record<string, number>;
}

export interface Author {
  id: AuthorId;
  site: string;
  handle: string;
  name: string | null;
  profileUrl: string | null;
  about: string | null;
}

/** Where a site has no accounts, the handle is only the name that was typed: every «Анна» there has it. */
export function isOnlyNamed({ handle, name, profileUrl }: Author): boolean {
  return handle === name && profileUrl === null;
}

/** A stored document at its newest revision. */
export interface Document {
  id: DocumentId;
  sourceId: SourceId;
  externalId: string;
  revision: number;
  url: string;
  kind: DocumentKind;
  title: string | null;
  text: string;
  fullText: string | null;
  authorId: AuthorId | null;
  threadId: ThreadId | null;
  parentExternalId: string | null;
  declaredLanguage: string | null;
  links: string[];
  signs: DocumentSigns;
  publishedAt: Date | null;
  foundAt: Date;
  updatedAt: Date;
  /** SHA-256 of title and text, hex. */
  contentHash: string;
  /** When it was noticed to be gone from its page; what it said is kept. */
  deletedAt: Date | null;
  guestName: string | null;
}
