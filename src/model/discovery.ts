/** Why an address is offered as a source. */
export type CandidateReason =
  /** The pasted address is a feed. */
  | 'itself'
  /** The page names it as its feed. */
  | 'link'
  /** It stands where feeds usually stand. */
  | 'guess'
  /** The page was made by this engine. */
  | 'engine'
  /** The whole forum to which the pasted thread or board belongs. */
  | 'whole-forum'
  /** The form of the address is a platform's. */
  | 'platform'
  /** The site lists its pages in a sitemap. */
  | 'sitemap'
  /** Nothing better is known: front page and articles. */
  | 'site';

/** What could be watched, and how. */
export interface Candidate {
  /** Name of a crawler in `crawlers/registry.ts`. */
  kind: string;
  url: string;
  name: string;
  /** 0 to 1: how sure we are that it is what the person wants. */
  confidence: number;
  why: CandidateReason;
  settings: Record<string, unknown>;
}

/** A step that did not work, told so that a person knows what was tried. */
export interface DiscoveryNote {
  step: 'page' | 'feed' | 'sitemap' | 'crawl';
  url: string;
  /** As in `SourceError`. */
  code: string;
  message: string;
}

export interface Discovery {
  /** As it was understood. */
  address: string;
  /** Best first. */
  candidates: Candidate[];
  notes: DiscoveryNote[];
}

/** A document as it would be stored. */
export interface PreviewDocument {
  kind: string;
  url: string;
  title?: string;
  author?: string;
  publishedAt?: Date;
  /** The first words. */
  text: string;
}

/** What a first visit would bring, as far as it was tried; nothing of it is stored. */
export interface Preview {
  documents: PreviewDocument[];
  /** Documents read, of which `documents` are the first. */
  found: number;
  /** Further pages that were told of and not read. */
  waiting: number;
  /** Pages read, in their order. */
  pages: string[];
  notes: DiscoveryNote[];
}
