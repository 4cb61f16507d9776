import type { RawHtml, RawLink } from './feed-raw.ts';
import { attributeOf, htmlOf } from './feed-value.ts';
import type { XmlNode } from './feed-xml.ts';

/** `xml:base` of an element and those around it, resolved against each other; undefined when there is none. */
export function baseOf(node: XmlNode): string | undefined {
  if (!node.document.hasBase) return undefined;
  const outer = node.parent === undefined ? undefined : baseOf(node.parent);
  const own = node.attributes.includes('base') ? attributeOf(node, 'xml:base') : undefined;
  if (own === undefined) return outer;
  if (outer === undefined) return own;
  return URL.canParse(own, outer) ? new URL(own, outer).href : outer;
}

export function linkAt(node: XmlNode, href: string | undefined): RawLink {
  return { href, base: baseOf(node) };
}

/** The content of an RSS element with what its links start from. */
export function htmlAt(node: XmlNode, html: string = htmlOf(node)): RawHtml {
  return { html, base: baseOf(node) };
}
