import { html, type Markup } from '../../src/lib/html.ts';
import { articlePath, type Blog, hoursBefore } from '../sites.ts';
import type { SampleArticle } from '../texts/sample.ts';

export function blogPage(blog: Blog, now: Date): string {
  const items = [...blog.articles]
    .reverse()
    .map(
      (article) =>
        html`<li><a href="${articlePath(blog, article)}">${article.title}</a> ${stamp(blog, article, now)}</li>\n`,
    );
  return layout(blog, blog.title, html`<h1>${blog.title}</h1><p>${blog.about}</p><ul>${items}</ul>`);
}

export function articlePage(blog: Blog, article: SampleArticle, now: Date): string {
  return layout(
    blog,
    article.title,
    html`<article>
<h1>${article.title}</h1>
<p class="byline"><span class="author" rel="author">${article.author}</span>, ${stamp(blog, article, now)}</p>
<div class="entry-content">
${article.body.map((paragraph) => html`<p>${paragraph}</p>\n`)}
</div>
</article>`,
  );
}

function stamp(blog: Blog, article: SampleArticle, now: Date): Markup {
  const at = hoursBefore(now, article.hoursAgo);
  const words = new Intl.DateTimeFormat(blog.language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(at);
  return html`<time datetime="${at.toISOString()}">${words}</time>`;
}

function layout(blog: Blog, title: string, content: Markup): string {
  return html`<!doctype html>
<html lang="${blog.language}">
<head>
<meta charset="${blog.charset}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="alternate" type="${blog.feed.type}" title="${blog.title}" href="${blog.feed.path}">
<style>body{font:17px/1.6 Georgia,serif;max-width:40rem;margin:2rem auto;padding:0 1rem}nav,footer,.byline{font-size:.85rem;color:#666}</style>
</head>
<body>
<nav><a href="${blog.path}">${blog.title}</a></nav>
<main>${content}</main>
<footer>${blog.about}</footer>
</body>
</html>
`.value;
}
