import type { SentimentLabel } from '../../src/model/tag.ts';

export type Brand = 'romashka' | 'lyutik' | 'daisy';

interface SampleText {
  /** Before the start of the world. */
  hoursAgo: number;
  /** A key of `PEOPLE`. */
  author: string;
  /** Which brands it names, and how it means them. */
  about?: Partial<Record<Brand, SentimentLabel>>;
  /** Somebody asks, or deserves, to be put right. */
  complaint?: true;
}

export interface SampleArticle extends SampleText {
  slug: string;
  title: string;
  /** Paragraphs. */
  body: string[];
}

export interface SamplePost extends SampleText {
  text: string;
  /** Words of somebody else: they count for nobody here. */
  quote?: { author: string; text: string };
}

export interface SampleThread {
  id: number;
  title: string;
  posts: SamplePost[];
}
