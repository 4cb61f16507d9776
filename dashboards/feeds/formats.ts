import { escapeHtml } from '../../src/lib/html.ts';
import type { Feed, FeedEntry } from './entries.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 (2.2) has no other characters than these
const NOT_XML = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text within XML, in elements and attributes; what XML cannot hold is left out. */
function xml(text: string): string {
  return escapeHtml(text.toWellFormed().replace(NOT_XML, ''));
}

const element = (name: string, text: string | null, attributes = ''): string =>
  text === null ? '' : `<${name}${attributes}>${xml(text)}</${name}>`;

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
/** When nothing was found yet: the same each time, so that programs see that nothing has changed. */
const NEVER = new Date(0);
const updatedOf = ({ entries }: Feed): Date => entries[0]?.time ?? NEVER;

function rssItem({ id, title, text, url, time, author, source, topics }: FeedEntry): string {
  return `<item>${element('title', title)}${element('link', url)}${element('guid', id, ' isPermaLink="false"')}${element('pubDate', time.toUTCString())}${element('dc:creator', author ?? source)}${topics.map((topic) => element('category', topic)).join('')}${element('description', text)}</item>`;
}

/** RSS 2.0 with authors by Dublin Core. */
export function toRss(feed: Feed): string {
  const { name, home, language, entries } = feed;
  return `${HEAD}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${element('title', name)}${element('link', home)}${element('description', name)}${element('language', language)}${element('lastBuildDate', updatedOf(feed).toUTCString())}${element('generator', 'Molva')}<ttl>15</ttl>
${entries.map(rssItem).join('\n')}
</channel></rss>
`;
}

function atomEntry({ id, title, text, url, time, author, source, topics }: FeedEntry): string {
  const link = url === null ? '' : `<link rel="alternate" href="${xml(url)}"/>`;
  const terms = topics.map((topic) => `<category term="${xml(topic)}"/>`).join('');
  return `<entry>${element('id', id)}${element('title', title)}${link}${element('updated', time.toISOString())}${element('published', time.toISOString())}<author>${element('name', author ?? source)}</author>${terms}${element('content', text, ' type="text"')}</entry>`;
}

/** RFC 4287. */
export function toAtom(feed: Feed): string {
  const { name, home, language, entries } = feed;
  return `${HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(language)}">${element('id', home)}${element('title', name)}<link rel="alternate" href="${xml(home)}"/>${element('updated', updatedOf(feed).toISOString())}${element('generator', 'Molva')}
${entries.map(atomEntry).join('\n')}
</feed>
`;
}

/** JSON Feed 1.1. */
export function toJsonFeed({ name, home, language, entries }: Feed): string {
  const items = entries.map(({ id, title, text, url, time, author, source, topics }) => ({
    id,
    ...(url === null ? {} : { url }),
    title,
    content_text: text,
    date_published: time.toISOString(),
    authors: [{ name: author ?? source }],
    tags: topics,
  }));
  const version = 'https://jsonfeed.org/version/1.1';
  return JSON.stringify({ version, title: name, home_page_url: home, language, items }, null, 1);
}
