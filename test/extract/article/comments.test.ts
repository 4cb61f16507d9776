import { describe, expect, it } from 'vitest';
import { readArticle } from '../../../src/extract/article/article.ts';
import { blogPage, CONTEXT, paragraphs, URL_OF_PAGE } from './page.ts';

const commentsOf = (html: string, head = '') =>
  readArticle(blogPage(paragraphs(4) + html, head), URL_OF_PAGE, CONTEXT).comments;

const wordpress = (id: number, name: string, text: string, inner = ''): string =>
  `<li class="comment" id="comment-${id}"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn"><a href="https://${name}.example/">${name}</a></b> <span class="says">says:</span></div><div class="comment-metadata"><a href="https://lamp.example/opening#comment-${id}"><time datetime="2024-05-12T10:0${id}:00+00:00">May 12</time></a></div></footer><div class="comment-content"><p>${text}</p></div><div class="reply"><a href="?replytocom=${id}#respond">Reply</a></div></article>${inner}</li>`;

describe('comments', () => {
  it('of WordPress have author, date, permalink, text and what they answer', () => {
    const answer = `<ol class="children">${wordpress(2, 'bob', 'No, it is not.')}</ol>`;
    const comments = commentsOf(
      `<ol class="comment-list">${wordpress(1, 'ann', 'This is fine.', answer)}</ol>`,
    );
    expect(comments).toMatchObject([
      {
        id: '1',
        author: { name: 'ann', profileUrl: 'https://ann.example/' },
        text: 'This is fine.',
        permalink: 'https://lamp.example/opening#comment-1',
      },
      { id: '2', author: { name: 'bob' }, text: 'No, it is not.', quoteOf: { id: '1', author: 'ann' } },
    ]);
    expect(comments[0]?.publishedAt?.toISOString()).toBe('2024-05-12T10:01:00.000Z');
    expect(comments[0]?.quoteOf).toBeUndefined();
  });

  it('leave quoted words out of the author’s own', () => {
    const [comment] = commentsOf(
      `<ol>${wordpress(1, 'ann', '<blockquote>It rains.</blockquote> It does not.')}</ol>`,
    );
    expect(comment?.text).toBe('It does not.');
    expect(comment?.fullText).toContain('It rains.');
  });

  it('that were deleted leave a mark', () => {
    const [, second] = commentsOf(
      `<ol>${wordpress(1, 'ann', 'Hello there')}${wordpress(2, 'bob', 'Комментарий удалён')}</ol>`,
    );
    expect(second).toMatchObject({ deleted: true, text: '' });
  });

  it('of schema.org are read from microdata', () => {
    const comments = commentsOf(
      '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment" id="c7"><span itemprop="author">Анна</span><meta itemprop="datePublished" content="2024-05-13"><div itemprop="text">Спасибо за статью!</div></div>',
    );
    expect(comments).toMatchObject([{ id: '7', author: { name: 'Анна' }, text: 'Спасибо за статью!' }]);
  });

  it('are read from JSON-LD', () => {
    const data = {
      '@type': 'Article',
      comment: [
        {
          '@type': 'Comment',
          text: 'Well said.',
          author: { name: 'ann' },
          datePublished: '2024-05-13T00:00:00Z',
        },
      ],
    };
    const comments = commentsOf('', `<script type="application/ld+json">${JSON.stringify(data)}</script>`);
    expect(comments).toMatchObject([{ author: { name: 'ann' }, text: 'Well said.' }]);
  });

  it('of an unknown engine are read from nested blocks', () => {
    const comments = commentsOf(
      '<div class="comment" id="comment-5"><span class="username">вася</span> <span class="date">12 мая 2024, 10:30</span><div class="text">Первый!</div><div class="comment" id="comment-6"><span class="username">петя</span><span class="date">13 мая 2024</span><div class="text">Второй.</div></div></div>',
    );
    expect(comments).toMatchObject([
      { id: '5', author: { name: 'вася' }, text: 'Первый!' },
      { id: '6', author: { name: 'петя' }, text: 'Второй.', quoteOf: { id: '5', author: 'вася' } },
    ]);
  });

  it('are none where there are none', () => {
    expect(commentsOf('<div id="comments"><p>No comments yet</p></div>')).toEqual([]);
  });
});
