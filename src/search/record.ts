import { tokenize } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';
import type { IndexSource } from '../model/search.ts';
import { toFilterValue } from './filters.ts';

/** One document as Meilisearch holds it. Nothing in it is shown: pages are drawn from the store. */
export interface SearchRecord {
  id: number;
  /** First lemma of every word, in order, so that phrases can be found. */
  lemmas: string;
  /** The other dictionary forms that a word can belong to. */
  otherLemmas: string;
  topic: string[];
  sentiment: string[];
  /** `topic:label`: tone towards one topic. */
  topicSentiment: string[];
  complaint: string[];
  language: string;
  source: string;
  author: string[];
  mention: boolean;
  /** Unix seconds. */
  time: number;
}

/** The words of a text as the index and the search box both see them. */
export function lemmatise(text: string, morphology: Morphology): { first: string[]; others: string[] } {
  const first: string[] = [];
  const others = new Set<string>();
  for (const token of tokenize(text)) {
    for (const { word } of token.parts.length > 0 ? token.parts : [token]) {
      const [lemma, ...rest] = morphology.lemmas(word);
      first.push(lemma ?? word);
      for (const other of rest) others.add(other);
    }
  }
  return { first, others: [...others] };
}

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}

export function toRecord(document: IndexSource, morphology: Morphology): SearchRecord {
  const words = lemmatise(`${document.title ?? ''}\n${document.text}`, morphology);
  const { mentions } = document;
  return {
    id: document.id,
    lemmas: words.first.join(' '),
    otherLemmas: words.others.join(' '),
    topic: mentions.map((m) => toFilterValue(m.topic)),
    sentiment: distinct(mentions.map((m) => m.sentiment)),
    topicSentiment: mentions.map((m) => toFilterValue(`${m.topic}:${m.sentiment}`)),
    complaint: mentions.filter((m) => m.complaint).map((m) => toFilterValue(m.topic)),
    language: document.language ?? 'und',
    source: toFilterValue(document.source),
    author: distinct(
      [document.authorHandle, document.authorName].flatMap((name) =>
        name ? [toFilterValue(name.toLowerCase())] : [],
      ),
    ),
    mention: mentions.length > 0,
    time: Math.floor(document.time.getTime() / 1000),
  };
}
