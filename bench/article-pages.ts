import { makePosts } from './posts.ts';

const NAV = Array.from({ length: 40 }, (_, at) => `<li><a href="/tag/${at}">Рубрика ${at}</a></li>`).join('');

/** A blog's page as themes make them: head, menu, article of some 600 words, ten comments, a side bar. */
export function makeArticlePage(at: number): string {
  const posts = makePosts(18, 80, at + 1);
  const paragraphs = posts.slice(0, 8).map(({ text }) => `<p>${text}</p>`);
  const comments = posts
    .slice(8)
    .map(
      ({ id, text }) =>
        `<li id="comment-${id}" class="comment"><b class="fn">Автор ${id}</b><time datetime="2026-02-0${1 + (id % 9)}T10:00:00+03:00">вчера</time><div class="comment-content"><p>${text}</p></div></li>`,
    );
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Запись ${at} | Блог</title><meta property="article:published_time" content="2026-02-01T09:00:00+03:00"><meta name="author" content="Анна Петрова"></head><body><nav><ul>${NAV}</ul></nav><main><article class="post"><h1 class="entry-title">Запись ${at}</h1><div class="entry-content">${paragraphs.join('')}</div></article><ol class="comment-list">${comments.join('')}</ol></main><aside class="sidebar"><ul>${NAV}</ul></aside><footer>© Блог</footer></body></html>`;
}
