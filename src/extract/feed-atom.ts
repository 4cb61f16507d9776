import { baseOf, linkAt } from './feed-base.ts';
import { mediaNodes, readEnclosures, readImages, readItunesCategories } from './feed-media.ts';
import { readPerson } from './feed-person.ts';
import {
  MAX_ITEMS,
  type RawEnclosure,
  type RawFeed,
  type RawHtml,
  type RawItem,
  type RawLink,
  type RawPerson,
} from './feed-raw.ts';
import { readPace } from './feed-syndication.ts';
import {
  attributeOf,
  charactersOf,
  childOf,
  childrenOf,
  childWord,
  htmlOf,
  inheritedAttribute,
  wordOf,
  xhtmlOf,
} from './feed-value.ts';
import type { XmlNode } from './feed-xml.ts';
import { escapeText } from './html-entities.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4}|\s)*(?:[A-Za-z0-9+/]{2}[A-Za-z0-9+/=]=)?\s*$/;
const MARKUP = /<\/?[a-z][^<>]*>|&(?:[a-z]{2,10}|#\d{2,6});/i;

/** Base64, when it says so (Atom 0.3) or when its type is neither text nor XML (Atom 1.0). */
function isBase64(node: XmlNode, type: string): boolean {
  if (attributeOf(node, 'mode') === 'base64') return true;
  return (
    /^[\w.+-]+\/[\w.+-]+$/.test(type) &&
    !/^text\/|[+/]xml$|html/.test(type) &&
    BASE64.test(charactersOf(node))
  );
}

/** Binary content says nothing in words. */
function fromBase64(text: string, type: string): string {
  if (/^(?:image|audio|video)\//.test(type)) return '';
  return Buffer.from(text, 'base64').toString('utf8');
}

/** The content of an Atom element as HTML, by `type` (1.0) and `mode` (0.3). */
function textConstruct(node: XmlNode): string {
  const type = (attributeOf(node, 'type') ?? '').toLowerCase();
  if (isBase64(node, type)) return fromBase64(charactersOf(node), type);
  if (node.children.length > 0) return type === 'html' ? htmlOf(node) : xhtmlOf(node);
  if (type.includes('xhtml')) return xhtmlOf(node);
  if (type.includes('html') || attributeOf(node, 'mode') === 'escaped') return htmlOf(node);
  const text = charactersOf(node);
  // Without a type it should be text, but half of the web puts HTML there.
  return type === '' && MARKUP.test(text) ? text : escapeText(text);
}

export function atomHtml(node: XmlNode | undefined): RawHtml | undefined {
  return node === undefined ? undefined : { html: textConstruct(node), base: baseOf(node) };
}

/** Addresses of links with one of these relations; '' stands for none given. */
export function linksBy(parent: XmlNode, ...relations: readonly string[]): XmlNode[] {
  return childrenOf(parent, 'link', 'atom:link').filter((link) => {
    const relation = (attributeOf(link, 'rel') ?? '').toLowerCase().replace(/^.*[/:#](?=\w+$)/, '');
    return relations.includes(relation);
  });
}

export function hrefOf(link: XmlNode | undefined): RawLink | undefined {
  return link === undefined ? undefined : linkAt(link, attributeOf(link, 'href') ?? wordOf(link));
}

/** The page: `alternate` or no relation, HTML before other types, which may be the feed's own twins. */
export function alternateLink(parent: XmlNode): RawLink | undefined {
  const pages = linksBy(parent, '', 'alternate');
  const html = pages.find((link) => /^$|html/.test(attributeOf(link, 'type') ?? ''));
  return hrefOf(html ?? pages[0]);
}

export function atomPeople(parent: XmlNode, name = 'author'): RawPerson[] {
  return childrenOf(parent, name).map((node) => {
    const page = childOf(node, 'uri', 'url', 'homepage', 'atom:uri', 'atom:url');
    const url = page === undefined ? undefined : linkAt(page, wordOf(page));
    const written = readPerson(
      childWord(node, 'name', 'atom:name') ?? (node.children.length === 0 ? wordOf(node) : undefined),
    );
    return { ...written, email: childWord(node, 'email', 'atom:email') ?? written?.email, url };
  });
}

function peopleOf(parent: XmlNode): RawPerson[] {
  const others = childrenOf(parent, 'dc:creator', 'dc:author', 'itunes:author').map(
    (node) => readPerson(wordOf(node)) ?? {},
  );
  return [...atomPeople(parent), ...others];
}

export function atomCategories(parent: XmlNode, name = 'category'): (string | undefined)[] {
  return childrenOf(parent, name).map(
    (node) => attributeOf(node, 'label') ?? attributeOf(node, 'term') ?? wordOf(node),
  );
}

function categoriesOf(parent: XmlNode): (string | undefined)[] {
  return [
    ...atomCategories(parent),
    ...childrenOf(parent, 'dc:subject').map(wordOf),
    ...readItunesCategories(parent),
  ];
}

function linkedEnclosures(entry: XmlNode): RawEnclosure[] {
  return linksBy(entry, 'enclosure').map((link) => ({
    url: linkAt(link, attributeOf(link, 'href')),
    type: attributeOf(link, 'type'),
    length: attributeOf(link, 'length'),
  }));
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function bodiesOf(entry: XmlNode): RawHtml[] {
  const nodes = [
    ...childrenOf(entry, 'content'),
    ...childrenOf(entry, 'content:encoded', 'summary', 'description', 'dc:description'),
  ];
  return [...nodes, ...mediaNodes(entry, 'media:description')].map(atomHtml).filter(isPresent);
}

function repliesOf(entry: XmlNode): Pick<RawItem, 'comments' | 'commentsFeed' | 'commentCount'> {
  const replies = linksBy(entry, 'replies');
  const feed = replies.find((link) => /atom|rss|xml/.test(attributeOf(link, 'type') ?? ''));
  const page =
    replies.find((link) => /html/.test(attributeOf(link, 'type') ?? '')) ??
    replies.find((link) => link !== feed);
  return {
    comments: hrefOf(page),
    commentsFeed: hrefOf(feed) ?? hrefOf(childOf(entry, 'wfw:commentrss')),
    commentCount:
      replies.map((link) => attributeOf(link, 'count')).find(isPresent) ??
      childWord(entry, 'slash:comments', 'thr:total'),
  };
}

function readEntry(entry: XmlNode, feedPeople: RawPerson[]): RawItem {
  const source = childOf(entry, 'source');
  const people = [peopleOf(entry), source ? atomPeople(source) : [], feedPeople].find(
    (list) => list.length > 0,
  );
  const content = childOf(entry, 'content');
  return {
    id: childWord(entry, 'id', 'guid'),
    link:
      alternateLink(entry) ??
      (content && attributeOf(content, 'src') ? linkAt(content, attributeOf(content, 'src')) : undefined) ??
      hrefOf(linksBy(entry, 'related', 'via', 'self')[0]),
    titles: [...childrenOf(entry, 'title', 'dc:title'), ...mediaNodes(entry, 'media:title')]
      .map(atomHtml)
      .filter(isPresent),
    bodies: bodiesOf(entry),
    authors: people ?? [],
    categories: categoriesOf(entry),
    published: ['published', 'issued', 'created', 'dc:date', 'dcterms:issued', 'pubdate'].map((name) =>
      childWord(entry, name),
    ),
    updated: ['updated', 'modified', 'dcterms:modified'].map((name) => childWord(entry, name)),
    enclosures: [...linkedEnclosures(entry), ...readEnclosures(entry)],
    images: readImages(entry),
    ...repliesOf(entry),
    language: inheritedAttribute(entry, 'xml:lang'),
  };
}

/** Atom 0.3 and 1.0; a lone entry is a feed of one. */
export function readAtom(root: XmlNode): RawFeed {
  const feed = childOf(root, 'feed') ?? root;
  const authors = peopleOf(feed);
  const entries = childrenOf(feed, 'entry');
  return {
    title: atomHtml(childOf(feed, 'title', 'dc:title')),
    description: atomHtml(childOf(feed, 'subtitle', 'tagline', 'info', 'description')),
    rights: atomHtml(childOf(feed, 'rights', 'copyright', 'dc:rights')),
    link: alternateLink(feed),
    id: childWord(feed, 'id'),
    language: attributeOf(feed, 'xml:lang') ?? childWord(feed, 'language', 'dc:language'),
    images: readImages(feed),
    dates: ['updated', 'modified', 'published', 'dc:date'].map((name) => childWord(feed, name)),
    categories: categoriesOf(feed),
    authors,
    self: hrefOf(linksBy(feed, 'self')[0]),
    hub: hrefOf(linksBy(feed, 'hub')[0]),
    ...readPace(feed),
    items: entries.slice(0, MAX_ITEMS).map((entry) => readEntry(entry, authors)),
  };
}
