import { linkAt } from './feed-base.ts';
import type { RawEnclosure, RawLink } from './feed-raw.ts';
import { attributeOf, childrenOf, childWord, wordOf } from './feed-value.ts';
import type { XmlNode } from './feed-xml.ts';

/** The entry and the groups that Media RSS nests in it. */
function mediaParents(item: XmlNode): XmlNode[] {
  if (!item.children.some(({ name }) => name.startsWith('media:'))) return [item];
  const groups = childrenOf(item, 'media:group');
  const contents = [item, ...groups].flatMap((parent) => childrenOf(parent, 'media:content'));
  return [item, ...groups, ...contents];
}

export function mediaNodes(item: XmlNode, name: string): XmlNode[] {
  return mediaParents(item).flatMap((parent) => childrenOf(parent, name));
}

/** `enclosure` and `media:content`. */
export function readEnclosures(item: XmlNode): RawEnclosure[] {
  const original = childWord(item, 'feedburner:origenclosurelink');
  const own = childrenOf(item, 'enclosure').map((node) => ({
    url: linkAt(node, original ?? attributeOf(node, 'url') ?? attributeOf(node, 'href')),
    type: attributeOf(node, 'type'),
    length: attributeOf(node, 'length'),
  }));
  const media = mediaNodes(item, 'media:content').map((node) => ({
    url: linkAt(node, attributeOf(node, 'url')),
    type: attributeOf(node, 'type') ?? attributeOf(node, 'medium'),
    length: attributeOf(node, 'filesize'),
  }));
  return [...own, ...media];
}

function isPicture(node: XmlNode): boolean {
  const kind = attributeOf(node, 'type') ?? attributeOf(node, 'medium') ?? '';
  return (
    kind.startsWith('image') || /\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)/i.test(attributeOf(node, 'url') ?? '')
  );
}

/** Pictures of a channel or entry, the one meant for it first. */
export function readImages(item: XmlNode): RawLink[] {
  const images: RawLink[] = [];
  for (const node of childrenOf(item, 'itunes:image', 'googleplay:image', 'image', 'logo', 'icon')) {
    const href = attributeOf(node, 'href') ?? attributeOf(node, 'url') ?? childWord(node, 'url');
    images.push(linkAt(node, href ?? (node.children.length === 0 ? wordOf(node) : undefined)));
  }
  for (const node of childrenOf(item, 'itunes:link'))
    if (attributeOf(node, 'rel') === 'image') images.push(linkAt(node, attributeOf(node, 'href')));
  for (const node of mediaNodes(item, 'media:thumbnail')) images.push(linkAt(node, attributeOf(node, 'url')));
  for (const node of [...mediaNodes(item, 'media:content'), ...childrenOf(item, 'enclosure')])
    if (isPicture(node)) images.push(linkAt(node, attributeOf(node, 'url')));
  return images;
}

/** Apple's categories: an attribute, and nested. */
export function readItunesCategories(node: XmlNode): (string | undefined)[] {
  const categories = childrenOf(node, 'itunes:category');
  const own = categories.flatMap((category) => [
    attributeOf(category, 'text'),
    ...childrenOf(category, 'itunes:category').map((inner) => attributeOf(inner, 'text')),
  ]);
  return [...(childWord(node, 'itunes:keywords')?.split(',') ?? []), ...own];
}
