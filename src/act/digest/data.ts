import type { Tier } from '../../model/customer.ts';
import type { ComplaintReason, SentimentLabel } from '../../model/tag.ts';
import type { Language } from '../../model/user.ts';

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
}

/** A complaint whose author is not a known customer. */
export interface DigestComplaint {
  author: string;
  site: string;
  excerpt: string;
  link: string;
}

export interface DigestMention {
  title: string | null;
  excerpt: string;
  url: string;
  site: string;
  author: string | null;
  sentiment: SentimentLabel;
}

/** Counts of one topic in the period. */
export interface DigestTopic extends Record<SentimentLabel, number> {
  name: string;
  total: number;
  /** In the period before, of the same length; null when we were not watching yet. */
  previousTotal: number | null;
  /** The first three are shown. */
  top: DigestMention[];
}

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
  complaints: DigestComplaint[];
  topics: DigestTopic[];
  news: DigestNews[];
  sourceErrors: DigestSourceError[];
}

export interface RenderedDigest {
  subject: string;
  html: string;
  text: string;
}
