import Parser from 'rss-parser';
import { readPerson } from './feed-person.ts';
import { MAX_ITEMS, type RawHtml, type RawItem } from './feed-raw.ts';

/**
 * rss-parser runs a regular expression over each body whose time grows with the square of the number of `<`.
 * Bodies therefore travel with a private character in its place.
 */
const STAND_IN = '\ue0fe';
const STAND_INS = new RegExp(STAND_IN, 'g');
const CODED = /&lt;|&#0*60;|&#x0*3c;/gi;
const CDATA = /<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g;
/** Feeds nest five or six deep; rss-parser's way with markup that is not escaped suffers from depth. */
const MAX_DEPTH = 30;

function disguise(xml: string): string {
  const coded = xml.replace(CODED, STAND_IN);
  return coded.replace(CDATA, (_whole, body: string) => `<![CDATA[${body.replaceAll('<', STAND_IN)}]]>`);
}

function reveal(value: string): string {
  return value.replace(STAND_INS, '<');
}

function isDeep(xml: string): boolean {
  let depth = 0;
  for (const [tag] of xml.matchAll(/<\/?[A-Za-z][^<>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

const FIELDS = [
  'yandex:full-text',
  'description',
  'content',
  'summary',
  'published',
  'updated',
  'dc:subject',
  'issued',
] as const;
type Fields = Partial<
  Record<
    (typeof FIELDS)[number] | 'dc:creator' | 'dc:date' | 'id' | 'author' | 'rdf:about' | 'date' | 'language',
    unknown
  >
>;

/** A node of xml2js: its text, or an object with text in `_`. */
function textOf(node: unknown): string | undefined {
  const value = typeof node === 'object' && node !== null ? (node as { _?: unknown })._ : node;
  return typeof value === 'string' && value.trim() !== '' ? reveal(value) : undefined;
}

function htmlList(...values: (string | undefined)[]): RawHtml[] {
  return values.flatMap((html) => (html === undefined ? [] : [{ html }]));
}

function asItem(item: Parser.Item & Fields): RawItem {
  const guid = textOf(item.guid) ?? textOf(item.id) ?? textOf(item['rdf:about']);
  const author = readPerson(textOf(item.author) ?? textOf(item.creator) ?? textOf(item['dc:creator']));
  return {
    id: guid,
    link: { href: textOf(item.link) ?? guid },
    titles: htmlList(textOf(item.title)),
    bodies: htmlList(
      textOf(item['yandex:full-text']),
      textOf((item as { 'content:encoded'?: unknown })['content:encoded']),
      textOf(item.content),
      textOf(item.description),
      textOf(item.summary),
    ),
    authors: author === undefined ? [] : [author],
    categories: [...(item.categories ?? []).map(textOf), textOf(item['dc:subject'])],
    published: [textOf(item.pubDate), textOf(item['dc:date']), textOf(item.date), textOf(item.published)],
    updated: [textOf(item.updated)],
    enclosures: [],
    images: [],
    language: textOf(item.language),
  };
}

const NOTHING = Symbol('nothing');

/**
 * The entries of RSS 0.9x, 1.0, 2.0 and Atom by rss-parser.
 * Throws what it throws; and when it does not come to an end, which some broken documents make it do.
 */
export async function readByRssParser(xml: string): Promise<RawItem[]> {
  if (isDeep(xml)) throw new Error('nested too deep for a feed');
  const parser = new Parser<Fields, Fields>({
    defaultRSS: 2,
    customFields: { item: [...FIELDS], feed: ['language', 'dc:language' as 'language'] },
  });
  // The parsing itself is done before parseString returns: a promise still open after one turn stays open for ever.
  const feed = await Promise.race([
    parser.parseString(disguise(xml)),
    new Promise<typeof NOTHING>((resolve) => setImmediate(resolve, NOTHING)),
  ]);
  if (feed === NOTHING) throw new Error('the document makes the reader hang');
  return feed.items.slice(0, MAX_ITEMS).map(asItem);
}
