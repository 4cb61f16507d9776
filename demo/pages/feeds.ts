import { escapeHtml } from '../../src/lib/html.ts';
import { articlePath, type Blog, hoursBefore } from '../sites.ts';
import type { SampleArticle } from '../texts/sample.ts';

/** The blog's feed as text; the caller puts it into the charset that the XML declaration names. */
export function feedText(blog: Blog, origin: string, now: Date): string {
  if (blog.feed.kind === 'rss') return rss(blog, origin, now);
  if (blog.feed.kind === 'atom') return atom(blog, origin, now);
  return jsonFeed(blog, origin, now);
}

/** When the newest article came out. */
export function newest(blog: Blog, now: Date): Date {
  return hoursBefore(now, Math.min(...blog.articles.map((article) => article.hoursAgo)));
}

function rss(blog: Blog, origin: string, now: Date): string {
  const items = blog.articles.map((article) => {
    const url = `${origin}${articlePath(blog, article)}`;
    return `<item>
<title>${escapeHtml(article.title)}</title>
<link>${url}</link>
<guid isPermaLink="true">${url}</guid>
<pubDate>${hoursBefore(now, article.hoursAgo).toUTCString()}</pubDate>
<dc:creator>${escapeHtml(article.author)}</dc:creator>
<description>${escapeHtml(article.body[0] ?? '')}</description>
<content:encoded><![CDATA[${bodyHtml(article)}]]></content:encoded>
</item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escapeHtml(blog.title)}</title>
<link>${origin}${blog.path}</link>
<description>${escapeHtml(blog.about)}</description>
<language>${blog.language}</language>
<lastBuildDate>${newest(blog, now).toUTCString()}</lastBuildDate>
${items.reverse().join('\n')}
</channel>
</rss>
`;
}

function atom(blog: Blog, origin: string, now: Date): string {
  const entries = blog.articles.map((article) => {
    const url = `${origin}${articlePath(blog, article)}`;
    const at = hoursBefore(now, article.hoursAgo).toISOString();
    return `<entry>
<id>${url}</id>
<title>${escapeHtml(article.title)}</title>
<link rel="alternate" type="text/html" href="${url}"/>
<published>${at}</published>
<updated>${at}</updated>
<author><name>${escapeHtml(article.author)}</name></author>
<content type="html">${escapeHtml(bodyHtml(article))}</content>
</entry>`;
  });
  return `<?xml version="1.0" encoding="${blog.charset}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${blog.language}">
<id>${origin}${blog.path}</id>
<title>${escapeHtml(blog.title)}</title>
<subtitle>${escapeHtml(blog.about)}</subtitle>
<link rel="self" href="${origin}${blog.feed.path}"/>
<link rel="alternate" href="${origin}${blog.path}"/>
<updated>${newest(blog, now).toISOString()}</updated>
${entries.reverse().join('\n')}
</feed>
`;
}

function jsonFeed(blog: Blog, origin: string, now: Date): string {
  const items = blog.articles.map((article) => ({
    id: `${origin}${articlePath(blog, article)}`,
    url: `${origin}${articlePath(blog, article)}`,
    title: article.title,
    content_html: bodyHtml(article),
    date_published: hoursBefore(now, article.hoursAgo).toISOString(),
    authors: [{ name: article.author }],
  }));
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: blog.title,
    description: blog.about,
    home_page_url: `${origin}${blog.path}`,
    feed_url: `${origin}${blog.feed.path}`,
    language: blog.language,
    items: items.reverse(),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}

function bodyHtml(article: SampleArticle): string {
  return article.body.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
}
