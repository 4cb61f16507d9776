import type { TaggedText, Tagger, TagResources } from '../model/ports.ts';
import type { Tag } from '../model/tag.ts';
import { TAGGERS } from './registry.ts';
import { tagVersion } from './versions.ts';

/**
 * All tags of a document: one per kind for the whole ('') and, for sentiment and complaint, one per target.
 * Throws RangeError when a tagger points outside the text: a fault of the tagger, not of the text.
 */
export function understand(
  text: Omit<TaggedText, 'tags'>,
  resources: TagResources,
  taggers: readonly Tagger[] = TAGGERS,
): Tag[] {
  const tags: Tag[] = [];
  for (const tagger of taggers) {
    const version = tagVersion(tagger, resources);
    const made = tagger.tag({ ...text, tags }, resources);
    for (const tag of made) checkSpans(tag, text);
    tags.push(...made.map((tag) => ({ ...tag, version })));
  }
  return tags;
}

/**
 * Tags of some kinds made again; of the others those that are stored are what the taggers see. Returns only the new ones.
 * Throws as `understand` does.
 */
export function understandAgain(
  text: Omit<TaggedText, 'tags'>,
  stored: readonly Tag[],
  kinds: ReadonlySet<string>,
  resources: TagResources,
  taggers: readonly Tagger[] = TAGGERS,
): Tag[] {
  const sources = taggers.map((tagger): Tagger => {
    if (kinds.has(tagger.kind)) return tagger;
    return { ...tagger, tag: () => stored.filter(({ kind }) => kind === tagger.kind) };
  });
  return understand(text, resources, sources).filter(({ kind }) => kinds.has(kind));
}

function checkSpans(tag: Omit<Tag, 'version'>, { document }: Pick<TaggedText, 'document'>): void {
  for (const { field, start, end } of tag.spans) {
    const length = (field === 'title' ? document.title : document.text)?.length ?? 0;
    if (start < 0 || start >= end || end > length) {
      throw new RangeError(
        `tagger ${tag.kind}: span ${field} ${start}–${end} is outside a text of ${length}`,
      );
    }
  }
}
