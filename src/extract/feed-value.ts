import type { XmlNode } from './feed-xml.ts';
import { decodeEntities, escapeText, fromWindows } from './html-entities.ts';

/** Of one value; a book is shorter. */
const MAX_CHARS = 2_000_000;
const CDATA_OR_DECLARED = /<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|&([\w.-]{1,60});/g;
const CDATA = /<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g;
const COMMENT = /<!--[\s\S]*?-->|<\?[^>]*>/g;
const ATTRIBUTE = /([^\s=>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const MAX_ATTRIBUTE_CHARS = 100_000;

function sourceOf(node: XmlNode): string {
  return node.document.source.slice(node.from, Math.min(node.to, node.from + MAX_CHARS));
}

/** Character data with CDATA sections and declared entities; entities in CDATA stay. */
function decodeMixed(raw: string, declared: ReadonlyMap<string, string>): string {
  const section = raw.indexOf('<![CDATA[');
  if (section === -1 && declared.size === 0) return decodeEntities(raw);
  const isOneSection = section === 0 && raw.indexOf(']]>') === raw.length - 3;
  return isOneSection ? raw.slice(9, -3) : decodeParts(raw, declared);
}

function decodeParts(raw: string, declared: ReadonlyMap<string, string>): string {
  let text = '';
  let at = 0;
  for (const found of raw.matchAll(CDATA_OR_DECLARED)) {
    const [whole, section, entity] = found;
    const replacement = section ?? declared.get(entity ?? '');
    if (replacement === undefined) continue;
    text += decodeEntities(raw.slice(at, found.index));
    text += section ?? decodeEntities(replacement);
    at = found.index + whole.length;
  }
  return text + decodeEntities(raw.slice(at));
}

/** The characters of an element that holds no elements. What they are, text or HTML, is for the format to say. */
export function charactersOf(node: XmlNode): string {
  const raw = sourceOf(node);
  if (!raw.includes('<') && !raw.includes('&')) return fromWindows(raw).trim();
  const bare = raw.includes('<!--') || raw.includes('<?') ? withoutComments(raw) : raw;
  return fromWindows(decodeMixed(bare.trim(), node.document.entities)).trim();
}

/** Comments stand beside CDATA, not in it. */
function withoutComments(raw: string): string {
  return raw.includes('<![CDATA[') ? raw : raw.replace(COMMENT, '');
}

const PREFIXED = /<(\/?)([a-z][\w.-]*):(?=[a-z])/gi;

/** Elements that stand in the source as they are. `isCdataMarkup`: is a section among them markup or text? */
function innerMarkup(node: XmlNode, isCdataMarkup: boolean): string {
  const raw = sourceOf(node).replace(CDATA, (_whole, section: string) =>
    isCdataMarkup ? section : escapeText(section),
  );
  const markup = fromWindows(raw).trim();
  return node.children.some(({ name }) => name.startsWith('xhtml:'))
    ? markup.replace(PREFIXED, (whole, slash: string, prefix: string) =>
        node.children.some(({ scope }) => scope.get(prefix.toLowerCase()) === 'xhtml') ? `<${slash}` : whole,
      )
    : markup;
}

/** The content as HTML, when characters are HTML (RSS, escaped Atom). */
export function htmlOf(node: XmlNode): string {
  return node.children.length === 0 ? charactersOf(node) : innerMarkup(node, true);
}

/** The content as HTML, when elements are markup and characters are text (XHTML in Atom). */
export function xhtmlOf(node: XmlNode): string {
  return node.children.length === 0 ? escapeText(charactersOf(node)) : innerMarkup(node, false);
}

/** The content as one line of text without markup: names, addresses, dates, ids. */
export function wordOf(node: XmlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const raw = node.children.length === 0 ? charactersOf(node) : sourceOf(node).replace(/<[^>]*>/g, ' ');
  const word = raw.replace(/\s+/g, ' ').trim();
  return word === '' ? undefined : word;
}

/** An attribute by its lower-case name; whatever its prefix when the name has none. */
export function attributeOf(node: XmlNode | undefined, name: string): string | undefined {
  if (node === undefined || node.attributes === '') return undefined;
  for (const [, key = '', double, single, bare] of node.attributes
    .slice(0, MAX_ATTRIBUTE_CHARS)
    .matchAll(ATTRIBUTE)) {
    const written = key.toLowerCase();
    if (written !== name && (name.includes(':') || !written.endsWith(`:${name}`))) continue;
    const value = fromWindows(decodeEntities(double ?? single ?? bare ?? '')).trim();
    return value === '' ? undefined : value;
  }
  return undefined;
}

export function childOf(node: XmlNode | undefined, ...names: readonly string[]): XmlNode | undefined {
  if (node === undefined) return undefined;
  for (const name of names) {
    const found = node.children.find((child) => child.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function childrenOf(node: XmlNode, ...names: readonly string[]): XmlNode[] {
  return node.children.filter(({ name }) => names.includes(name));
}

/** The first of these children that says something, in the order of the names. */
export function childWord(node: XmlNode | undefined, ...names: readonly string[]): string | undefined {
  if (node === undefined) return undefined;
  for (const name of names) {
    for (const child of node.children) {
      const word = child.name === name ? wordOf(child) : undefined;
      if (word !== undefined) return word;
    }
  }
  return undefined;
}

/** An attribute of the nearest element around that has it: `xml:lang`. */
export function inheritedAttribute(node: XmlNode, name: string): string | undefined {
  for (let at: XmlNode | undefined = node; at !== undefined; at = at.parent) {
    const value = attributeOf(at, name);
    if (value !== undefined) return value;
  }
  return undefined;
}
