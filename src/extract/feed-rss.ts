import { alternateLink, atomCategories, atomHtml, atomPeople, hrefOf, linksBy } from './feed-atom.ts';
import { htmlAt, linkAt } from './feed-base.ts';
import { mediaNodes, readEnclosures, readImages, readItunesCategories } from './feed-media.ts';
import { readPerson } from './feed-person.ts';
import {
  MAX_ITEMS,
  type RawFeed,
  type RawHtml,
  type RawItem,
  type RawLink,
  type RawPerson,
} from './feed-raw.ts';
import { readPace } from './feed-syndication.ts';
import { attributeOf, childOf, childrenOf, childWord, inheritedAttribute, wordOf } from './feed-value.ts';
import type { XmlNode } from './feed-xml.ts';

/** Bodies, best first: what is meant as the full text, then what may be a summary. */
const BODIES = [
  'yandex:full-text',
  'turbo:content',
  'content:encoded',
  'encoded',
  'xhtml:body',
  'body',
  'fullitem',
  'content',
  'xhtml:div',
  'description',
  'abstract',
  'dc:description',
  'summary',
  'itunes:summary',
  'googleplay:description',
  'itunes:subtitle',
];
const ATOM_BODIES = ['atom:content', 'atom:summary'];
const ITEM_DATES = [
  'pubdate',
  'dc:date',
  'date',
  'published',
  'atom:published',
  'dcterms:issued',
  'dcterms:created',
  'dcterms:available',
  'created',
  'issued',
];
const UPDATES = ['atom:updated', 'updated', 'dcterms:modified', 'modified', 'lastbuilddate'];
const CREATORS = [
  'author',
  'dc:creator',
  'dc:author',
  'itunes:author',
  'googleplay:author',
  'dc:contributor',
  'dc:publisher',
];

function allHtml(parent: XmlNode, names: readonly string[]): RawHtml[] {
  const found = parent.children.filter(({ name }) => names.includes(name));
  return found
    .sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name))
    .map((node) => htmlAt(node));
}

/** `link` as RSS writes it; the last one that says something, be it in an attribute. */
function ownLink(parent: XmlNode): RawLink | undefined {
  const links = childrenOf(parent, 'link').flatMap((node) => {
    const href = wordOf(node) ?? attributeOf(node, 'href');
    return href === undefined ? [] : [linkAt(node, href)];
  });
  const href = attributeOf(parent, 'href');
  return links.at(-1) ?? (href === undefined ? undefined : linkAt(parent, href));
}

function permalink(item: XmlNode): RawLink | undefined {
  const guid = childOf(item, 'guid');
  if (guid === undefined || attributeOf(guid, 'ispermalink')?.toLowerCase() === 'false') return undefined;
  const word = wordOf(guid) ?? '';
  return /^https?:\/\//i.test(word) ? linkAt(guid, word) : undefined;
}

function person(node: XmlNode): RawPerson[] {
  const name = childWord(node, 'name', 'atom:name', 'foaf:name');
  if (name !== undefined || childOf(node, 'email') !== undefined)
    return [{ name, email: childWord(node, 'email') }];
  return [readPerson(wordOf(node)) ?? {}];
}

function peopleBy(parent: XmlNode, names: readonly string[]): RawPerson[] {
  for (const name of names) {
    const people = childrenOf(parent, name).flatMap(person);
    if (people.some(({ name, email }) => name !== undefined || email !== undefined)) return people;
  }
  return [];
}

function categoriesOf(parent: XmlNode): (string | undefined)[] {
  return [
    ...childrenOf(parent, 'category', 'keywords').map(
      (node) => wordOf(node) ?? attributeOf(node, 'text') ?? attributeOf(node, 'value'),
    ),
    ...readItunesCategories(parent),
    ...childrenOf(parent, 'dc:subject').map(wordOf),
    ...atomCategories(parent, 'atom:category'),
    ...(childWord(parent, 'media:keywords')?.split(',') ?? []),
  ];
}

function readItem(item: XmlNode, feedPeople: RawPerson[]): RawItem {
  const atomBodies = ATOM_BODIES.map((name) => atomHtml(childOf(item, name))).filter(
    (body) => body !== undefined,
  );
  const about = attributeOf(item, 'rdf:about');
  const people = [...peopleBy(item, CREATORS), ...atomPeople(item, 'atom:author')];
  return {
    id: childWord(item, 'guid', 'atom:id', 'id', 'dc:identifier') ?? about,
    link:
      ownLink(item) ??
      alternateLink(item) ??
      hrefOf(childOf(item, 'feedburner:origlink')) ??
      permalink(item) ??
      (about === undefined ? undefined : linkAt(item, about)),
    titles: [
      ...allHtml(item, ['title', 'dc:title', 'atom:title', 'itunes:title']),
      ...mediaNodes(item, 'media:title').map((node) => htmlAt(node)),
    ],
    bodies: [
      ...allHtml(item, BODIES.slice(0, 4)),
      ...atomBodies,
      ...allHtml(item, BODIES.slice(4)),
      ...mediaNodes(item, 'media:description').map((node) => htmlAt(node)),
    ],
    authors: people.length > 0 ? people : feedPeople,
    categories: categoriesOf(item),
    published: [...ITEM_DATES.map((name) => childWord(item, name)), attributeOf(item, 'lastmod')],
    updated: UPDATES.map((name) => childWord(item, name)),
    enclosures: readEnclosures(item),
    images: readImages(item),
    comments: hrefOf(childOf(item, 'comments')),
    commentsFeed: hrefOf(childOf(item, 'wfw:commentrss')) ?? hrefOf(linksBy(item, 'replies')[0]),
    commentCount: childWord(item, 'slash:comments', 'thr:total'),
    language: childWord(item, 'dc:language', 'language') ?? inheritedAttribute(item, 'xml:lang'),
  };
}

/** Entries stand in the channel (0.91, 2.0), beside it (0.90, 1.0), in a list (1.1) or alone. */
function itemsOf(node: XmlNode, depth: number): XmlNode[] {
  return node.children.flatMap((child) => {
    if (child.name === 'item' || child.name === 'entry') return [child];
    return depth > 0 && child.children.length > 0 ? itemsOf(child, depth - 1) : [];
  });
}

function channelOf(node: XmlNode, depth: number): XmlNode | undefined {
  const found = childOf(node, 'channel');
  if (found !== undefined || depth === 0) return found;
  for (const child of node.children) {
    const inner = channelOf(child, depth - 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The picture of RSS 1.0 stands beside the channel. */
function channelImages(channel: XmlNode): RawLink[] {
  const beside = channel.parent === undefined ? [] : childrenOf(channel.parent, 'image');
  return [...beside.map((node) => linkAt(node, childWord(node, 'url'))), ...readImages(channel)];
}

/** RSS 0.9x, 1.0, 1.1 and 2.0, and Microsoft's CDF, which differs in names only. */
export function readRss(root: XmlNode): RawFeed {
  const channel = channelOf(root, 2) ?? childOf(root, 'rss', 'rdf:rdf') ?? root;
  const owner = childOf(channel, 'itunes:owner');
  // Who manages or hosts a feed has not written its entries.
  const writers = peopleBy(channel, CREATORS.slice(0, 5));
  const authors = [
    ...peopleBy(channel, ['author', 'managingeditor', ...CREATORS.slice(1), 'webmaster']),
    ...(owner === undefined
      ? []
      : [{ name: childWord(owner, 'itunes:name'), email: childWord(owner, 'itunes:email') }]),
    ...atomPeople(channel, 'atom:author'),
  ];
  return {
    title: allHtml(channel, ['title', 'dc:title', 'atom:title', 'itunes:title', 'media:title']).find(
      ({ html }) => html !== '',
    ),
    description: allHtml(channel, [
      'description',
      'abstract',
      'dc:description',
      'tagline',
      'subtitle',
      'itunes:summary',
      'itunes:subtitle',
    ]).find(({ html }) => html !== ''),
    rights: allHtml(channel, ['copyright', 'dc:rights', 'rights', 'atom:rights', 'media:copyright']).find(
      ({ html }) => html !== '',
    ),
    link: ownLink(channel) ?? alternateLink(channel),
    id: childWord(channel, 'id', 'atom:id', 'guid') ?? attributeOf(channel, 'rdf:about'),
    language: childWord(channel, 'language', 'dc:language') ?? inheritedAttribute(channel, 'xml:lang'),
    images: channelImages(channel),
    dates: [
      ...[
        'pubdate',
        'dc:date',
        'lastbuilddate',
        'date',
        'atom:updated',
        'dcterms:modified',
        'dcterms:issued',
        'dcterms:created',
      ].map((name) => childWord(channel, name)),
      attributeOf(channel, 'lastmod'),
    ],
    categories: categoriesOf(channel),
    authors,
    self: hrefOf(linksBy(channel, 'self')[0]),
    hub: hrefOf(linksBy(channel, 'hub')[0]),
    ...readPace(channel),
    items: itemsOf(root, 3)
      .slice(0, MAX_ITEMS)
      .map((item) => readItem(item, writers)),
  };
}
