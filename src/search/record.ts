import { withoutPrivate } from '../lib/private/mask.ts';
import type { PrivateKind } from '../model/entity.ts';
import type { Morphology } from '../model/ports.ts';
import type { IndexSource } from '../model/search.ts';
import { documentKeys } from '../query/document-keys.ts';
import { plainHost } from '../query/facts.ts';
import { toFilterValue } from './filters.ts';

/** One document as Meilisearch holds it. Nothing in it is shown: pages are drawn from the store. */
export interface SearchRecord {
  id: number;
  /** Keys of title and text: what a word of a query is looked for by. Without numbers of cards and accounts. */
  words: string[];
  /** The same of the author's name and handle. */
  authorWords: string[];
  topic: string[];
  sentiment: string[];
  /** `topic:label`: tone towards one topic. */
  topicSentiment: string[];
  complaint: string[];
  /** Of the post; null where no tagger has told it. */
  complaintLevel: string | null;
  /** What the post is for; null where no tagger has told it. */
  intent: string | null;
  /** Without its region; `und` where it is not known. */
  language: string;
  kind: string;
  source: string;
  /** The host and those above it, without `www.`. */
  site: string[];
  author: string[];
  mention: boolean;
  /** Unix seconds. */
  time: number;
  /** The same in whole hours and days, by which they are counted. */
  hour: number;
  day: number;
  published: number | null;
  found: number;
}

const HOUR_S = 3600;

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}

function sitesOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const labels = plainHost(new URL(url).hostname).split('.');
  return labels.map((_, at) => labels.slice(at).join('.'));
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

const KEPT: readonly PrivateKind[] = ['email', 'phone', 'order'];

/** Nobody needs to look for a card, and whoever reads the index's files shall find none. */
function withoutCards(text: string | null): string | null {
  return text && withoutPrivate(text, { keep: KEPT, showsEnd: false });
}

function keys(texts: readonly (string | null)[], morphology: Morphology): string[] {
  return documentKeys(texts, morphology).map(toFilterValue);
}

export function toRecord(document: IndexSource, morphology: Morphology): SearchRecord {
  const { mentions, authorHandle, authorName } = document;
  return {
    id: document.id,
    words: keys([document.title, document.text].map(withoutCards), morphology),
    authorWords: keys([authorHandle, authorName], morphology),
    topic: mentions.map((m) => toFilterValue(m.topic)),
    sentiment: distinct(mentions.map((m) => m.sentiment)),
    topicSentiment: mentions.map((m) => toFilterValue(`${m.topic}:${m.sentiment}`)),
    complaint: mentions.filter((m) => m.complaint).map((m) => toFilterValue(m.topic)),
    complaintLevel: document.complaintLevel,
    intent: document.postKind,
    language: document.language?.toLowerCase().split(/[-_]/)[0] ?? 'und',
    kind: document.kind,
    source: toFilterValue(document.source),
    site: sitesOf(document.url),
    author: distinct(
      [authorHandle, authorName].flatMap((name) => (name ? [toFilterValue(name.toLowerCase())] : [])),
    ),
    mention: mentions.length > 0,
    time: seconds(document.time),
    hour: Math.floor(seconds(document.time) / HOUR_S),
    day: Math.floor(seconds(document.time) / (24 * HOUR_S)),
    published: document.publishedAt ? seconds(document.publishedAt) : null,
    found: seconds(document.foundAt),
  };
}
