import type { Tier } from '../../model/customer.ts';
import type { ComplaintReason, SentimentLabel } from '../../model/tag.ts';
import type { Language } from '../../model/user.ts';
import type { DutyCounts } from '../../store/digest-facts.ts';
import type { ActionLinks } from './action-link.ts';
import type { TooLittle, TopicUsual, Usual } from './usual.ts';

/** A case that waits for somebody. */
export interface DigestDuty {
  customerName: string;
  tier: Tier | null;
  severity: 1 | 2 | 3;
  reason: ComplaintReason;
  /** Of the document; cut when it is long. */
  excerpt: string;
  /** To the case on the dashboard. */
  link: string;
  openedAt: Date;
  dueAt: Date;
  /** Name of whoever works on it. */
  owner: string | null;
  /** Links to say something of it right from the mail; null where the mail has none. */
  actions: ActionLinks | null;
}

/** A complaint whose author is not a known customer. */
export interface DigestComplaint {
  author: string;
  site: string;
  excerpt: string;
  link: string;
  actions: ActionLinks | null;
}

export interface DigestMention {
  title: string | null;
  excerpt: string;
  url: string;
  site: string;
  author: string | null;
  sentiment: SentimentLabel;
  actions: ActionLinks | null;
}

/** Counts of one topic in the period. */
export interface DigestTopic extends Record<SentimentLabel, number> {
  name: string;
  total: number;
  /** What such a time usually brings: the same weekdays before. */
  usual: TopicUsual;
  /** The first three are shown. */
  top: DigestMention[];
}

/** What many passed on. */
export interface DigestStory {
  title: string | null;
  /** Of its first text. */
  excerpt: string;
  site: string;
  author: string | null;
  /** That carry it, and how many of them came in the period. */
  documents: number;
  added: number;
  sources: number;
  /** Followers of its authors, or how often it was seen; null when nothing is known. `reachOf`: of how many documents that is known. */
  reach: number | null;
  reachOf: number;
  /** To the story, and to its first text, on the dashboard. */
  link: string;
  firstLink: string;
}

export type DigestUsual = Usual | TooLittle;

/** A phrase that people use more than in the week before, beyond chance. */
export interface DigestNews {
  /** Its name. */
  topic: string;
  phrase: string;
  mentions: number;
  /** Of all who spoke, 0…1; `shareBefore` is null when nobody said it then. */
  share: number;
  shareBefore: number | null;
  tones: Record<SentimentLabel, number>;
  /** To the mentions on the dashboard. */
  link: string;
}

export interface DigestSourceError {
  name: string;
  /** In the recipient's language. */
  message: string;
}

/** Everything that a digest says; lists are already in the order in which they are shown. */
export interface DigestData {
  recipient: { email: string; language: Language; zone: string };
  period: { from: Date; to: Date };
  dashboardUrl: string;
  unsubscribeUrl: string;
  duties: DigestDuty[];
  /** All of them, also those that are not listed. */
  dutyCounts: DutyCounts;
  /** Authors of whom somebody has to say who they are. */
  reviews: number;
  complaints: DigestComplaint[];
  topics: DigestTopic[];
  stories: DigestStory[];
  news: DigestNews[];
  sourceErrors: DigestSourceError[];
}

export interface RenderedDigest {
  subject: string;
  html: string;
  text: string;
}
