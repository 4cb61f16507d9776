import type { FoundDocument } from '../../src/model/document.ts';
import type { KnownPage, Page, PageHint } from '../../src/model/ports.ts';

/** A page that another one tells of. */
export interface Finding {
  /** Absolute, without session id. */
  url: string;
  role: 'list' | 'content';
  /** External id of the thread or article; '' for lists. */
  thread: string;
  /** 1 is the first page of its list or thread. */
  number: number;
  /** What a kind of list says of it; when that differs from the last time, the thread is read on from its last page. */
  mark?: { by: string; says: string };
  /** External id of a document that is said to stand there. */
  holds?: string;
  hint?: PageHint;
  /** The past: followed only while what stands before it on the page is news. */
  behind?: true;
}

/** What one page says. */
export interface Reading {
  documents: FoundDocument[];
  /** External ids of placeholders: something stood there. */
  deleted: string[];
  links: Finding[];
  /** The page is a window on a longer row: what stood before its first document has only moved out of sight. */
  slides?: true;
  /** How long the page asks to be left alone. */
  restMs?: number;
  /** As in `CrawlBatch`. */
  hub?: { url: string; topic: string };
  /** The thread's or article's own id, when the page knows it better than the link that led to it. */
  thread?: string;
}

/** What is told of a page that turns out to be unreadable for good: what the list said of it. */
export type Fallback = (known: KnownPage) => FoundDocument[];

/** Pure but for the time it takes. @throws PermanentError when the page cannot be read */
export type ReadPage = (page: Page, known: KnownPage) => Promise<Reading>;

export function newPage(finding: Finding, now: Date, urgency: 0 | 1 | 2): KnownPage {
  return {
    url: finding.url,
    role: finding.role,
    thread: finding.thread,
    number: finding.number,
    urgency,
    dueAt: now,
    everyMs: 0,
    validators: {},
    bodyHash: '',
    items: [],
    marks: finding.mark ? { [finding.mark.by]: finding.mark.says } : {},
    hint: finding.hint ?? null,
    doubts: 0,
    looks: 0,
    fetchedAt: null,
  };
}
