import type { TaggedText, Tagger, TagResources } from '../model/ports.ts';
import type { Tag } from '../model/tag.ts';
import { TAGGERS } from './registry.ts';
import { tagVersion } from './version.ts';

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
