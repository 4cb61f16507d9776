import type { TaggedText, Tagger, TagResources } from '../model/ports.ts';
import type { Span, Tag } from '../model/tag.ts';
import { TAGGERS } from './registry.ts';
import { tagVersion } from './versions.ts';

/** A document, and what was found in it before it is tagged. */
export type Untagged = Omit<TaggedText, 'tags'>;

/**
 * All tags of a document: one per kind for the whole ('') and, for sentiment and complaint, one per target.
 * Throws RangeError when a tagger points outside the text: a fault of the tagger, not of the text.
 */
export function understand(
  text: Untagged,
  resources: TagResources,
  taggers: readonly Tagger[] = TAGGERS,
): Tag[] {
  const [tags] = understandEach([text], resources, taggers) as [Tag[] | Error];
  if (tags instanceof Error) throw tags;
  return tags;
}

/** So many documents go from tagger to tagger together: a tagger's code and tables, once near the processor, serve them all (decision 0045). */
const TOGETHER = 200;

/** As `understand`, of several documents in their order. One on which a tagger fails has its error; the others are read all the same. */
export function understandEach(
  texts: readonly Untagged[],
  resources: TagResources,
  taggers: readonly Tagger[] = TAGGERS,
): (Tag[] | Error)[] {
  const readings = texts.map((text): Reading => {
    const tags: Tag[] = [];
    return { text: { ...text, tags }, tags, error: null };
  });
  for (let from = 0; from < readings.length; from += TOGETHER) {
    const together = readings.slice(from, from + TOGETHER);
    for (const tagger of taggers) {
      const version = tagVersion(tagger, resources);
      for (const read of tagger.reads ?? [])
        for (const reading of together) attempt(reading, () => read(reading.text, resources));
      for (const reading of together) addTags(reading, tagger, version, resources);
    }
  }
  return readings.map(({ tags, error }) => error ?? tags);
}

interface Reading {
  text: TaggedText;
  /** Those of the text: each tagger sees what earlier ones have added. */
  tags: Tag[];
  error: Error | null;
}

function addTags(reading: Reading, tagger: Tagger, version: string, resources: TagResources): void {
  const { text, tags } = reading;
  attempt(reading, () => {
    for (const { kind, target, value, spans } of tagger.tag(text, resources)) {
      checkSpans(kind, spans, text);
      tags.push({ kind, target, value, spans, version });
    }
  });
}

/** Nothing more is read of a document once something has failed. */
function attempt(reading: Reading, read: () => void): void {
  if (reading.error) return;
  try {
    read();
  } catch (error) {
    reading.error = error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Tags of some kinds made again; of the others those that are stored are what the taggers see. Returns only the new ones.
 * Throws as `understand` does.
 */
export function understandAgain(
  text: Untagged,
  stored: readonly Tag[],
  kinds: ReadonlySet<string>,
  resources: TagResources,
  taggers: readonly Tagger[] = TAGGERS,
): Tag[] {
  const sources = taggers.map((tagger): Tagger => {
    if (kinds.has(tagger.kind)) return tagger;
    return { ...tagger, reads: [], tag: () => stored.filter(({ kind }) => kind === tagger.kind) };
  });
  return understand(text, resources, sources).filter(({ kind }) => kinds.has(kind));
}

function checkSpans(kind: string, spans: readonly Span[], { document }: Pick<TaggedText, 'document'>): void {
  for (const { field, start, end } of spans) {
    const length = (field === 'title' ? document.title : document.text)?.length ?? 0;
    if (start < 0 || start >= end || end > length) {
      throw new RangeError(`tagger ${kind}: span ${field} ${start}–${end} is outside a text of ${length}`);
    }
  }
}
