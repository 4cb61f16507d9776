import {
  MAX_ITEMS,
  type RawFeed,
  type RawHtml,
  type RawItem,
  type RawLink,
  type RawPerson,
} from './feed-raw.ts';
import { escapeText } from './html-entities.ts';

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Some write numbers where the format wants words. */
function wordIn(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

function linkIn(fields: Fields, ...names: readonly string[]): RawLink | undefined {
  const href = wordIn(fields, ...names);
  return href === undefined ? undefined : { href };
}

function textIn(fields: Fields, name: string): RawHtml | undefined {
  const text = wordIn(fields, name);
  return text === undefined ? undefined : { html: escapeText(text) };
}

/** 1.1 has a list, 1.0 one author; some write a single object, or a name, where the list should be. */
function peopleIn(fields: Fields): RawPerson[] {
  const several = isFields(fields.authors) ? [fields.authors] : listOf(fields.authors);
  return [...several, fields.author].flatMap((value): RawPerson[] => {
    if (typeof value === 'string') return [{ name: value }];
    return isFields(value)
      ? [{ name: wordIn(value, 'name'), email: wordIn(value, 'email'), url: linkIn(value, 'url') }]
      : [];
  });
}

function readItem(item: Fields, feedPeople: RawPerson[]): RawItem {
  const people = peopleIn(item);
  const html = wordIn(item, 'content_html');
  const summary = textIn(item, 'summary');
  const title = textIn(item, 'title');
  return {
    id: wordIn(item, 'id'),
    link: linkIn(item, 'url', 'external_url'),
    titles: title === undefined ? [] : [title],
    bodies: [...(html === undefined ? [] : [{ html }]), ...(summary === undefined ? [] : [summary])],
    plain: wordIn(item, 'content_text'),
    authors: people.length > 0 ? people : feedPeople,
    categories: listOf(item.tags).map((tag) => (typeof tag === 'string' ? escapeText(tag) : undefined)),
    published: [wordIn(item, 'date_published')],
    updated: [wordIn(item, 'date_modified')],
    enclosures: listOf(item.attachments)
      .filter(isFields)
      .map((file) => ({
        url: { href: wordIn(file, 'url') },
        type: wordIn(file, 'mime_type'),
        length: wordIn(file, 'size_in_bytes'),
      })),
    images: [{ href: wordIn(item, 'image') }, { href: wordIn(item, 'banner_image') }],
    language: wordIn(item, 'language'),
  };
}

/** JSON Feed 1.0 and 1.1. Throws SyntaxError, or Error when the JSON is no feed. */
export function readJsonFeed(text: string): RawFeed {
  const feed: unknown = JSON.parse(text);
  if (!isFields(feed) || !(Array.isArray(feed.items) || 'feed_url' in feed || 'home_page_url' in feed))
    throw new Error('the JSON has no list of items');
  const authors = peopleIn(feed);
  const hubs = listOf(feed.hubs).filter(isFields);
  const webSub = hubs.find((hub) => wordIn(hub, 'type')?.toLowerCase() === 'websub') ?? hubs[0];
  return {
    title: textIn(feed, 'title'),
    description: textIn(feed, 'description'),
    link: linkIn(feed, 'home_page_url', 'feed_url'),
    id: wordIn(feed, 'feed_url'),
    language: wordIn(feed, 'language'),
    images: [{ href: wordIn(feed, 'icon') }, { href: wordIn(feed, 'favicon') }],
    dates: [],
    categories: [],
    authors,
    self: linkIn(feed, 'feed_url'),
    hub: webSub === undefined ? undefined : linkIn(webSub, 'url'),
    items: listOf(feed.items)
      .filter(isFields)
      .slice(0, MAX_ITEMS)
      .map((item) => readItem(item, authors)),
  };
}
