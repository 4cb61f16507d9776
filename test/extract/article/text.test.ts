import { describe, expect, it } from 'vitest';
import { readArticle } from '../../../src/extract/article/article.ts';
import { blogPage, CONTEXT, paragraphs, RUSSIAN_WORDS, URL_OF_PAGE } from './page.ts';

const textOf = (inner: string): string => readArticle(blogPage(inner), URL_OF_PAGE, CONTEXT).text;

describe('the text of an article', () => {
  it('leaves out navigation, sidebar and footer', () => {
    const text = textOf(paragraphs(6));
    expect(text).toContain('1. The new branch');
    expect(text).toContain('6. The new branch');
    expect(text).not.toMatch(/About the lamp|Sidebar story|Copyright/);
  });

  it('parts paragraphs by one line break', () => {
    expect(
      textOf(paragraphs(6))
        .split('\n')
        .filter((line) => /^\d\. /.test(line)),
    ).toHaveLength(6);
  });

  it.each([
    ['share bars', '<div class="share-buttons social">Share this with your friends and neighbours</div>'],
    [
      'related posts',
      '<div class="related-posts"><p>Another story that we liked a lot, told again.</p></div>',
    ],
    ['cookie notices', '<div id="cookie-banner">We use biscuits to keep you warm, and you agree.</div>'],
    [
      'captions',
      '<figure><img src="a.png"><figcaption>The door, seen from the street.</figcaption></figure>',
    ],
    [
      'newsletter boxes',
      '<div class="newsletterSignup"><p>Our letters come on Fridays, with cake.</p></div>',
    ],
    ['advertisements', '<p>Advertisement</p>'],
    ['pointers to other articles', '<p>Read also: The old branch closes at last</p>'],
    ['Russian pointers', '<p>Читайте также: Старое отделение закрывается</p>'],
    ['invitations', '<p>Подписывайтесь на наш канал в мессенджере</p>'],
  ])('leaves out %s', (_, block) => {
    const clean = textOf(paragraphs(6));
    expect(textOf(paragraphs(3) + block + paragraphs(6)).length).toBeLessThan(clean.length * 1.6);
    expect(textOf(paragraphs(3) + block + paragraphs(6))).not.toContain(
      block.replace(/<[^>]+>/g, '').slice(0, 25),
    );
  });

  it('keeps headings, lists and quotations', () => {
    const text = textOf(
      `${paragraphs(3)}<h2>What they sell</h2><ul><li>Bread, cheese and butter</li><li>Lamps of all sizes</li></ul><blockquote><p>We came for the lamps, and stayed for the bread.</p></blockquote>${paragraphs(4)}`,
    );
    expect(text).toMatch(
      /What they sell\n.*Bread, cheese and butter\n.*Lamps of all sizes\n.*stayed for the bread/s,
    );
  });

  it('ends where related articles begin', () => {
    const text = textOf(
      `${paragraphs(6)}<h3>You may also like</h3><p>The lamp that never went out, a story.</p>`,
    );
    expect(text).not.toContain('never went out');
  });

  it('is not drowned by comments that are longer', () => {
    const comments = `<div class="comments-area">${paragraphs(60, 'I think that this shop is wonderful, and so is the street, really. ')}</div>`;
    const page = blogPage(paragraphs(4)).replace('<footer>', `${comments}<footer>`);
    const { text } = readArticle(page, URL_OF_PAGE, CONTEXT);
    expect(text).toContain('4. The new branch');
    expect(text).not.toContain('this shop is wonderful');
  });

  it('is found on a Russian page whose body is one form', () => {
    const page = `<html lang="ru"><body><form id="main"><div class="menu">Меню</div><div class="text">${paragraphs(5, RUSSIAN_WORDS)}</div></form></body></html>`;
    expect(readArticle(page, URL_OF_PAGE, CONTEXT).text).toContain('5. Новое отделение');
  });

  it('is found when short', () => {
    expect(
      textOf('<p>The shop stays shut today, because the baker is ill, and so is the baker’s dog.</p>'),
    ).toContain('the baker is ill');
  });

  it.each([
    '',
    'no markup at all',
    '<p>',
    '</div></div>',
    '<html><frameset><frame src="a"></frameset></html>',
  ])('is a string for %j', (html) => {
    expect(typeof readArticle(html, URL_OF_PAGE, CONTEXT).text).toBe('string');
  });
});
